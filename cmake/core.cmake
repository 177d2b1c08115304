# Initial cache: the core profile, without GDAL, YAML and files.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(HROMADA_IO OFF CACHE BOOL "")
