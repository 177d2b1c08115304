# hromada_test(recipe name), one line each.
add_library(hromada_test_region STATIC recipe/region.c)
target_link_libraries(hromada_test_region PUBLIC hromada_harness PRIVATE hromada_flags)
hromada_test(recipe assess hromada_test_region)
hromada_test(recipe paths)
hromada_test(recipe recipe)
hromada_test(recipe units)
hromada_test(recipe write hromada_test_region)
hromada_test(recipe yaml)
