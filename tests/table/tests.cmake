# hromada_test(table name), one line each.
hromada_test(table id)
hromada_test(table panel)
hromada_test(table rollup)
hromada_test(table table)
hromada_test(table join)
hromada_test(table duplicates)
hromada_test(table join_panel)
hromada_test(table join_report)
