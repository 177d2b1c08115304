add_library(hromada_test_files STATIC io/files.c)
target_link_libraries(hromada_test_files PUBLIC hromada_harness PkgConfig::GDAL PRIVATE hromada_flags)
hromada_test(io names)
hromada_test(io csv hromada_test_files)
hromada_test(io layer_open hromada_test_files)
hromada_test(io join_read hromada_test_files)
# hromada_test(io name), one line each.
