#!/bin/sh
# usage: check.sh SOURCE FOLDER full|core
#
# Builds and installs the library below FOLDER, moves what was installed (it must not mind), and uses it as strangers do:
# through CMake and through pkg-config, shared and static, and from Python with ctypes. FOLDER's name has blanks in it.
set -eu
source=$1
folder=$2
profile=$3
cache=release
[ "$profile" = full ] || cache=core

mkdir -p "$folder"
log=$folder/log
quietly() {
    if ! "$@" >"$log" 2>&1; then
        cat "$log"
        echo "FAILED: $*"
        exit 1
    fi
}
cc=${CC:-cc}

quietly cmake -G Ninja -S "$source" -B "$folder/build" -C "$source/cmake/$cache.cmake" \
    -DHROMADA_TESTS=OFF -DHROMADA_WERROR=ON -DCMAKE_INSTALL_LIBDIR=lib
quietly cmake --build "$folder/build"
rm -rf "$folder/first place" "$folder/second place"
quietly cmake --install "$folder/build" --prefix "$folder/first place"
mv "$folder/first place" "$folder/second place"
prefix="$folder/second place"

echo "exported symbols"
sh "$source/tests/rules/symbols.sh" "$prefix/lib/libhromada.so" "$source/tests/rules/symbols.txt" "$profile"

strip -o "$folder/stripped.so" "$prefix/lib/libhromada.so"
echo "the $profile library, stripped: $(stat -c %s "$folder/stripped.so") bytes"

run() {
    out=$("$@") || { echo "FAILED: $*"; exit 1; }
    case $out in
    *"$profile profile"*) echo "$out" ;;
    *) echo "FAILED: $* said: $out"; exit 1 ;;
    esac
}

echo "a consumer through CMake, shared and static"
rm -rf "$folder/consumer"
quietly cmake -G Ninja -S "$source/tests/install/consumer" -B "$folder/consumer" -DCMAKE_PREFIX_PATH="$prefix"
quietly cmake --build "$folder/consumer"
run "$folder/consumer/consumer_shared"
run "$folder/consumer/consumer_static"

# The prefix has blanks, which pkg-config escapes: its answer goes through eval.
echo "a consumer through pkg-config, shared and static"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
program="$folder/consumer/by_pkg_config"
eval "quietly $cc -o '$program' '$source/tests/install/consumer/consumer.c' $(pkg-config --cflags --libs hromada)"
LD_LIBRARY_PATH="$prefix/lib" run "$program"
mkdir "$prefix/shared"
mv "$prefix"/lib/libhromada.so* "$prefix/shared/"
eval "quietly $cc -o '$program' '$source/tests/install/consumer/consumer.c' $(pkg-config --static --cflags --libs hromada)"
run "$program"
mv "$prefix"/shared/* "$prefix/lib/"

if [ -x "$prefix/bin/hromada-catalogue" ]; then
    echo "the programs find the library beside them"
    quietly "$prefix/bin/hromada-catalogue" --version
fi

echo "Python with nothing but ctypes"
python3 "$source/tests/install/binding.py" "$prefix/lib/libhromada.so"
