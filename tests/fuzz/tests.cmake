# hromada_fuzzer(name), one line each.
