# Tests on the real data: they say loudly that they are skipped where HROMADA_DATA is not set.
if(HROMADA_IO)
    hromada_test(real codes)
    hromada_test(real joins)
    hromada_test(real nearness)
    hromada_test(real points)
    hromada_test(real rollups)
    hromada_test(real files)
endif()
