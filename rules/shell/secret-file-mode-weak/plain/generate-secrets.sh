#!/bin/bash
# ruleid: secret-file-mode-weak
openssl rand -hex 32 > secrets/jwt_secret.txt
chmod 644 secrets/jwt_secret.txt
# ruleid: secret-file-mode-weak
echo "$PASSWORD" > /etc/app/db_password
# ruleid: secret-file-mode-weak
chmod 644 /etc/ssl/private/server.key
# pass: secret-file-mode-weak
openssl rand -base64 24 > secrets/redis_password
chmod 600 secrets/redis_password
# pass: secret-file-mode-weak
install -m 0400 /tmp/k secrets/api_key
# pass: secret-file-mode-weak
openssl genrsa -out tls/server.key 4096
# ok: secret-file-mode-weak
cp server.crt /etc/ssl/certs/server.crt
chmod 644 /etc/ssl/certs/server.crt
# ok: secret-file-mode-weak
chmod 755 generate-secrets.sh rotate_secret.sh
# ok: secret-file-mode-weak
echo "done" > secrets.log
# ok: secret-file-mode-weak
chmod 700 secrets/
umask 077
# pass: secret-file-mode-weak
echo "$TOKEN" > /run/app/token
