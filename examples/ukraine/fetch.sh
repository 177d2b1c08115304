#!/bin/sh
# usage: sh fetch.sh FOLDER
#
# Fetches what ukraine.yaml reads into FOLDER (about 12 MB), each file at the commit that sources.txt names, and checks its
# SHA-256. Files that are there already are left alone. Needs curl, or the files put there by other means.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:?usage: sh fetch.sh FOLDER}
host=${HROMADA_SOURCES:-https://raw.githubusercontent.com}

grep -v '^#' "$here/sources.txt" | while read -r sum file repository commit path; do
    if [ ! -f "$folder/$file" ]; then
        mkdir -p "$folder/$(dirname "$file")"
        curl --fail --silent --show-error --location --output "$folder/$file.part" "$host/$repository/$commit/$path"
        mv "$folder/$file.part" "$folder/$file"
    fi
    printf '%s  %s\n' "$sum" "$folder/$file" | sha256sum --check --quiet
    echo "$folder/$file"
done
