#!/bin/sh
# usage: sh build.sh FOLDER PROFILE [cmake options …]
#
# Configures FOLDER with the initial cache cmake/PROFILE.cmake if it is not configured yet, and builds it. Prints nothing but
# what went wrong.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
folder=$1
profile=$2
shift 2

mkdir -p "$folder"
log=$folder/build.log
if [ ! -f "$folder/CMakeCache.txt" ]; then
    set -- -G Ninja -C "$home/cmake/$profile.cmake" "$@"
    if command -v ccache >/dev/null; then set -- "$@" -DCMAKE_C_COMPILER_LAUNCHER=ccache; fi
fi
if ! cmake "$@" -S "$home" -B "$folder" >"$log" 2>&1 || ! cmake --build "$folder" >>"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "The build in $folder failed; the whole account is $log" >&2
    exit 1
fi
