# hromada_test(measure name), one line each.
