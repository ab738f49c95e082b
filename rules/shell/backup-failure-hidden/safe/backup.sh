#!/usr/bin/env bash
set -Eeuo pipefail
stamp=$(date +%F)
# pass: backup-failure-hidden
pg_dump shop | gzip > "shop-$stamp.sql.gz"
find . -name 'shop-*' -mtime +7 -delete
