# hromada_test(measure name), one line each.
hromada_test(measure projects)
hromada_test(measure tally)
hromada_test(measure proximity)
hromada_test(measure areal)
