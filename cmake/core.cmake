# Initial cache: the core profile, without GDAL, YAML and files; compiled to be small.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CMAKE_C_FLAGS_RELEASE "-Os -DNDEBUG -fno-asynchronous-unwind-tables" CACHE STRING "")
set(HROMADA_IO OFF CACHE BOOL "")
