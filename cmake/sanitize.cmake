# Initial cache: address and undefined-behaviour sanitizers, for the tests.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_C_FLAGS "-O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer" CACHE STRING "")
set(HROMADA_WERROR ON CACHE BOOL "")
