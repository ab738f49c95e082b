#!/bin/sh
set -e
# ruleid: redirect-into-readonly-file
openssl rand -hex 32 > secrets/session_key
install -m 0400 /dev/stdin secrets/api_key < seed
chmod 0400 secrets/session_key
