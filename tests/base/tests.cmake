hromada_test(base context)
hromada_test(base memory)
hromada_test(base random)
hromada_test(base utf8)
