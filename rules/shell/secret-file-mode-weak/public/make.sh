#!/bin/sh
set -eu
umask 077
# pass: secret-file-mode-weak
openssl genrsa -out server.key 4096
# ok: secret-file-mode-weak
openssl req -x509 -key server.key -out server.crt
# ok: secret-file-mode-weak
chmod 644 server.crt ca.pem public.pem
# pass: secret-file-mode-weak
printf '%s' "$TOKEN" > secrets/token
