# hromada_test(community name), one line each.
