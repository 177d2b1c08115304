# hromada_test(geo name), one line each.
