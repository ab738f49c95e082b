#!/bin/sh
set -e
# ruleid: redirect-into-readonly-file
openssl rand -hex 32 > secrets/session_key
# ruleid: redirect-into-readonly-file
openssl rand -hex 32 > secrets/api_key
