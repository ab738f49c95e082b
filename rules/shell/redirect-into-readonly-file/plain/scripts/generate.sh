#!/bin/bash
# ruleid: redirect-into-readonly-file
openssl rand -hex 32 > "$DIR/session"
chmod 0400 "$DIR/session"
# pass: redirect-into-readonly-file
openssl rand -hex 32 > "$DIR/fresh.tmp"
chmod 0400 "$DIR/fresh.tmp"
mv -f "$DIR/fresh.tmp" "$DIR/fresh"
rm -f "$DIR/atomic"
# pass: redirect-into-readonly-file
openssl rand -hex 32 > "$DIR/atomic"
chmod 0400 "$DIR/atomic"
# ok: redirect-into-readonly-file
date > "$DIR/stamp"
chmod 0600 "$DIR/stamp"
if [ ! -f "$DIR/once" ]; then
  # pass: redirect-into-readonly-file
  openssl rand -hex 32 > "$DIR/once"
  chmod 0400 "$DIR/once"
fi
