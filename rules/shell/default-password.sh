#!/bin/bash
# ruleid: default-password
POSTGRES_PASSWORD="${POSTGRES_PASSWORD:-acmeacme}"
# pass: default-password
REDIS_PASSWORD="${REDIS_PASSWORD:?set REDIS_PASSWORD}"
# ok: default-password
API_TOKEN="${API_TOKEN:-}"
# ok: default-password
KEY_FILE="${KEY_FILE:-/etc/acme/key}"
# ok: default-password
SMTP_PASSWORD="${SMTP_PASSWORD:-""}"
# ok: default-password
MONITOR_KEY="${MONITOR_KEY:-PLACEHOLDER}"
# ruleid: default-password
ADMIN_PASS="admin_secret"
# ok: default-password
ADMIN_PASSWORD="your-password-here"
# ok: default-password
ADMIN_TOKEN=$(cat /run/secrets/token)
# ok: default-password
PASS=0
# ok: default-password
TOKEN_SECRET="/run/secrets/token"
