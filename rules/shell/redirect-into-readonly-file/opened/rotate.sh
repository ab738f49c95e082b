#!/bin/sh
set -e
chmod u+w secrets/key
# ok: redirect-into-readonly-file
openssl rand -hex 32 > secrets/key
chmod 0400 secrets/key
rm -f secrets/other
# ok: redirect-into-readonly-file
openssl rand -hex 32 > secrets/other
chmod 0400 secrets/other
