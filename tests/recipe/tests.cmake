# hromada_test(recipe name), one line each.
