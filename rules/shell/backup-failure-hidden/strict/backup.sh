#!/bin/bash
set -euo pipefail
# pass: backup-failure-hidden
pg_dump app | gzip > /backups/app.sql.gz
find /backups -mtime +7 -delete
