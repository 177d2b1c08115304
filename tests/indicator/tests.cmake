# hromada_test(indicator name), one line each.
