# hromada_test(table name), one line each.
