# hromada_test(indicator name), one line each.
hromada_test(indicator catalogue)
hromada_test(indicator compute)
hromada_test(indicator formula)
