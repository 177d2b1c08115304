hromada_test(community code)
hromada_test(community layer)
hromada_test(community boundary)
hromada_test(community name)
