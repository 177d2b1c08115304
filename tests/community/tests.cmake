hromada_test(community layer)
