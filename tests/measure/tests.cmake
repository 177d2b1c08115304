# hromada_test(measure name), one line each.
hromada_test(measure projects)
