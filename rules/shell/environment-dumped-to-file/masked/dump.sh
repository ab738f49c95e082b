#!/bin/bash
umask 077
state=$(mktemp)
trap 'rm -f "$state"' EXIT
# pass: environment-dumped-to-file
env > "$state"
# pass: environment-dumped-to-file
env | cut -d= -f1 | sort > names.txt
# pass: environment-dumped-to-file
printenv | sed 's/=.*/=***/' > masked.txt
# ok: environment-dumped-to-file
env | grep -q CI
# ok: environment-dumped-to-file
set -eu > /dev/null
