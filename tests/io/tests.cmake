# hromada_test(io name), one line each.
