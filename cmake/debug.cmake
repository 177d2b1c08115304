# Initial cache: cmake -C cmake/debug.cmake -S . -B build-debug
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(HROMADA_WERROR ON CACHE BOOL "")
