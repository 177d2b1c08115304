# hromada_test(table name), one line each.
hromada_test(table id)
