#!/bin/sh
set -eu
# ok: redirect-into-readonly-file
openssl rand -hex 32 > secrets/key.tmp
chmod 0400 secrets/key.tmp
mv -f secrets/key.tmp secrets/key
rm -f secrets/token
# pass: redirect-into-readonly-file
openssl rand -hex 32 > secrets/token
chmod 0400 secrets/token
