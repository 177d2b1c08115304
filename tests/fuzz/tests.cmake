# hromada_fuzzer(name), one line each.
hromada_fuzzer(cell)
hromada_fuzzer(join)
hromada_fuzzer(number)
hromada_fuzzer(utf8)
hromada_fuzzer(formula)
hromada_fuzzer(wkb)
hromada_fuzzer(code)
