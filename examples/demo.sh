#!/bin/sh
# Sets up, builds, and assesses the demo region: an invented oblast of invented communities (examples/demo/). From any folder.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

sh "$home/cmake/setup.sh"
echo "Building in $home/build …"
sh "$home/cmake/build.sh" "$home/build" release -DHROMADA_TESTS=OFF

"$home/build/examples/hromada-assess" "$home/examples/demo/recipe.yaml" -o "$home/out/demo"
