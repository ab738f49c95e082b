#!/bin/bash
files=(a b)
# ok: unquoted-or-predictable-path
rm -f "${files[@]}"
# ok: unquoted-or-predictable-path
chown $UID:$GID "$DIR"
# ok: unquoted-or-predictable-path
echo $NAME
# ok: unquoted-or-predictable-path
date > "$(mktemp)"
# ok: unquoted-or-predictable-path
kill $PID
# ok: unquoted-or-predictable-path
mv -- "$OLD" "$NEW"
