# hromada_test(recipe name), one line each.
hromada_test(recipe paths)
hromada_test(recipe recipe)
hromada_test(recipe units)
hromada_test(recipe yaml)
