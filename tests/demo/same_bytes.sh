#!/bin/sh
# The demo region in the repository is what its generator makes: byte for byte, and no file beside.
set -eu
demo=$1
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
python3 "$demo/generate.py" -o "$made"
for file in "$made"/*; do
    cmp "$file" "$demo/$(basename "$file")" || { echo "run $demo/generate.py and commit what it writes"; exit 1; }
done
python3 "$demo/generate.py" -o "$made/other" --seed 7 --communities 25 --points 30
if cmp -s "$made/damage.csv" "$made/other/damage.csv"; then echo "the seed changes nothing"; exit 1; fi
[ "$(wc -l <"$made/other/damage.csv")" -eq 31 ] || { echo "30 points were asked for"; exit 1; }
