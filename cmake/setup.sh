#!/bin/sh
# Installs the Debian packages that are missing, and nothing when none is: what building and running needs; with --tests
# what the tests need too; with --quality the tools of .ci/run. Not on Debian, or without the right to install: says what is
# needed, and stops.
set -eu

build="gcc libc6-dev cmake ninja-build pkg-config
    libproj-dev libgeos-dev libutf8proc-dev libgdal-dev libyaml-dev nettle-dev"
tests="check g++ python3 locales"
quality="clang clang-tidy clang-format libclang-rt-dev doxygen valgrind abigail-tools binutils git time gdal-bin postgresql"

wanted=$build
for option in "$@"; do
    case $option in
    --tests) wanted="$wanted $tests" ;;
    --quality) wanted="$wanted $quality" ;;
    *) echo "usage: sh cmake/setup.sh [--tests] [--quality]" >&2; exit 2 ;;
    esac
done

# Elsewhere: fine when the libraries happen to be there.
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    if command -v cmake >/dev/null && command -v ninja >/dev/null && command -v pkg-config >/dev/null &&
        pkg-config --exists 'proj >= 9.1' 'geos >= 3.11' 'gdal >= 3.6' libutf8proc yaml-0.1 nettle; then
        exit 0
    fi
    cat >&2 <<'END'
This is not Debian, so nothing was installed. Install by hand, then run this again:
    a C11 compiler, CMake 3.25 or later, Ninja, pkg-config,
    PROJ 9.1, GEOS 3.11, GDAL 3.6, utf8proc, libyaml, nettle (with their headers); for the tests also Check 0.15
END
    exit 1
fi

missing=
for package in $wanted; do
    state=$(dpkg-query -W -f='${db:Status-Status} ' "$package" 2>/dev/null) || state=
    case " $state" in
    *" installed "*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "Debian packages are missing, and installing them needs root. As root, run:" >&2
    echo "    apt-get update && apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing Debian packages (some minutes the first time):$missing"
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive "$@" >>"$log" 2>&1
}
# A source of packages that does not answer is no matter as long as the packages come from another.
install apt-get -q -o DPkg::Lock::Timeout=900 update || true
# shellcheck disable=SC2086
if ! install apt-get -q -y -o DPkg::Lock::Timeout=900 --no-install-recommends install $missing; then
    tail -n 30 "$log" >&2
    echo "The packages could not be installed (the reason stands above). Missing:$missing" >&2
    exit 1
fi
