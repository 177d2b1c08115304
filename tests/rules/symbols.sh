#!/bin/sh
# usage: symbols.sh LIBRARY LIST full|core
#
# What a shared library exports is reviewed like code: exactly the names of the list, those marked `io` in the full profile
# only.
set -eu
library=$1
list=$2
profile=$3

exported=$(mktemp)
wanted=$(mktemp)
trap 'rm -f "$exported" "$wanted"' EXIT
nm -D --defined-only "$library" | awk '{print $3}' | LC_ALL=C sort >"$exported"
awk -v profile="$profile" '/^hrm_/ && (profile == "full" || $2 != "io") {print $1}' "$list" | LC_ALL=C sort >"$wanted"
if ! difference=$(diff "$wanted" "$exported"); then
    echo "$difference" | sed -n 's/^< /listed, but not exported: /p; s/^> /exported, but not listed: /p'
    echo "Where that is meant, change $list: it is the list of what the library promises."
    exit 1
fi
