# Initial cache: the fuzzers, with libFuzzer (clang) and sanitizers.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_C_FLAGS "-O1 -g1 -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer"
    CACHE STRING "")
set(HROMADA_FUZZ ON CACHE BOOL "")
set(HROMADA_EXAMPLES OFF CACHE BOOL "")
