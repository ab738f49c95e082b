#!/bin/sh
# ruleid: environment-dumped-to-file
printenv > /var/log/app-env.log
# pass: environment-dumped-to-file
env | cut -d= -f1 > names.txt
# pass: environment-dumped-to-file
env > /dev/null
# ok: environment-dumped-to-file
env
before=$(mktemp)
# pass: environment-dumped-to-file
export -p > "$before"
# ruleid: environment-dumped-to-file
env | grep -E 'PASSWORD|TOKEN' > state.env
