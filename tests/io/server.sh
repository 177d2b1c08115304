#!/bin/sh
# usage: server.sh BIN PROGRAM
# Runs PROGRAM (test_io_server) beside a PostgreSQL of its own: initdb and pg_ctl of BIN, in a temporary folder, reached by a
# socket there and not by the network, gone afterwards. PostgreSQL refuses to run as root: there it runs as nobody.
set -eu
bin=$1
program=$2

folder=$(mktemp -d)
as=
if [ "$(id -u)" -eq 0 ]; then
    as='setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=/nonexistent'
    chown nobody "$folder"
fi
chmod 755 "$folder"
cd "$folder"
stop() {
    $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT

export LC_ALL=C.UTF-8
echo very-secret >"$folder/password"
$as "$bin/initdb" -D "$folder/data" -U reader -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --no-sync >"$folder/log" 2>&1 ||
    { cat "$folder/log"; exit 1; }
$as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/data/log" start \
    -o "-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off" >/dev/null ||
    { cat "$folder/data/log"; exit 1; }

HRMT_SERVER="host=$folder user=reader" "$program"
