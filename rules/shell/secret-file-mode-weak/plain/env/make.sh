#!/bin/bash
# ruleid: secret-file-mode-weak
echo "SECRET_KEY=$(openssl rand -hex 32)" > .env
# ok: secret-file-mode-weak
echo "DB_PASSWORD=$(openssl rand -hex 32)" >> .env
# ruleid: secret-file-mode-weak
openssl rand -hex 32 > secrets/jwt_secret.txt
# ok: secret-file-mode-weak
echo "$PASSWORD" > "$TMP_DIR/credentials.env"
OUT=secrets/api_key
# ruleid: secret-file-mode-weak
openssl rand -hex 32 > "$OUT"
chmod 0644 "$OUT"
# ok: secret-file-mode-weak
openssl dhparam -out certs/secrets/dhparams.pem 2048
WORK_TMP=/tmp/work
# ok: secret-file-mode-weak
echo x > "$WORK_TMP/credentials.env"
