#!/bin/sh
# usage: sh tests/bench/run.sh [RUNS]
#
# Measures and asserts nothing: time and peak memory of whole assessments on one core (medians of RUNS runs, 7 if not said;
# the first run is thrown away), beside what GDAL alone needs to read the boundaries; the size of the stripped libraries;
# the programs bench_*.c; and joins beside pandas (peers.py). The assessment of the real data needs HROMADA_DATA, the folder
# that examples/ukraine/README.md describes.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
runs=${1:-7}
work=$home/build-bench
sh "$home/cmake/setup.sh" --tests --quality
sh "$home/cmake/build.sh" "$work" release
sh "$home/cmake/build.sh" "$work/core" core -DHROMADA_TESTS=OFF
cmake --build "$work" --target benches >>"$work/build.log"
assess=$work/examples/hromada-assess

median() { sort -n | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

# measure NAME COMMAND …: on one core, so that the time is the work
measure() {
    name=$1
    shift
    : >"$work/times"
    run=0
    while [ "$run" -le "$runs" ]; do
        taskset -c 0 /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/output" 2>&1 || {
            cat "$work/output"
            exit 1
        }
        [ "$run" -eq 0 ] || cat "$work/time" >>"$work/times"
        run=$((run + 1))
    done
    printf '%-44s %6s s (processor %6s s) %8s MB\n' "$name" "$(awk '{print $1}' "$work/times" | median)" \
        "$(awk '{print $2 + $3}' "$work/times" | median)" "$(awk '{printf "%.1f\n", $4 / 1024}' "$work/times" | median)"
}

echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), one core, medians of $runs runs"
measure "the demo region" "$assess" --quiet "$home/examples/demo/recipe.yaml" -o "$work/demo"
if [ -n "${HROMADA_DATA:-}" ]; then
    boundaries=$HROMADA_DATA/boundaries/Hromadas.geojson
    measure "Ukraine, real data" "$assess" --quiet "$home/examples/ukraine/ukraine.yaml" --data "$HROMADA_DATA" \
        -o "$work/ukraine"
    measure "  of which GDAL alone reads the boundaries" ogrinfo -ro -so -al "$boundaries"
else
    echo "SKIPPED for want of HROMADA_DATA: the assessment of the real data"
fi

for profile in full core; do
    [ "$profile" = core ] && folder=$work/core || folder=$work
    strip -o "$work/stripped.so" "$folder/lib/libhromada.so"
    printf '%-44s %8s KB\n' "$profile library, stripped" "$(($(stat -c %s "$work/stripped.so") / 1000))"
done

for bench in "$work"/tests/bench_*; do
    [ -x "$bench" ] || continue
    echo
    taskset -c 0 "$bench"
done

# Beside what analysts use today, where that is there (Debian's python3-pandas).
echo
for python in python3 /usr/bin/python3; do
    if [ -n "${HROMADA_DATA:-}" ] && "$python" -c 'import pandas' 2>/dev/null; then
        exec taskset -c 0 "$python" "$home/tests/bench/peers.py" "$assess"
    fi
done
echo "SKIPPED for want of HROMADA_DATA or of pandas: joins beside pandas"
