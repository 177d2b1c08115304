hromada_test(base context)
hromada_test(base memory)
