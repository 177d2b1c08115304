#!/bin/sh
# Sets up, builds with the address and undefined-behaviour sanitizers, and runs every test. From any folder; quiet unless
# something fails. Arguments go to ctest, as in `sh tests/run.sh -R formula`.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
folder=$home/build-tests

sh "$home/cmake/setup.sh" --tests
echo "Building with sanitizers in $folder …"
sh "$home/cmake/build.sh" "$folder" sanitize

echo "Testing …"
log=$folder/tests.log
status=0
ctest --test-dir "$folder" -j2 --output-on-failure "$@" >"$log" 2>&1 || status=$?
skipped=$(grep -c 'SKIPPED' "$folder/Testing/Temporary/LastTest.log") || skipped=0
if [ "$status" -ne 0 ]; then
    cat "$log"
elif [ "$skipped" -gt 0 ]; then
    grep 'SKIPPED' "$folder/Testing/Temporary/LastTest.log" | sort | uniq -c
fi
grep 'tests passed' "$log" || tail -n 5 "$log"
exit $status
