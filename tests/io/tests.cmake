add_library(hromada_test_files STATIC io/files.c)
target_link_libraries(hromada_test_files PUBLIC hromada_harness PkgConfig::GDAL PRIVATE hromada_flags)
hromada_test(io hash)
hromada_test(io layer_open hromada_test_files)
# hromada_test(io name), one line each.
