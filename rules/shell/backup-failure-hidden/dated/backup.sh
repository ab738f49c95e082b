#!/bin/bash
set -euo pipefail
# pass: backup-failure-hidden
pg_dump -U app orders > "/var/backups/orders-$(date +%F).sql"
# pass: backup-failure-hidden
pg_dump -U app users > /var/backups/users.sql
mv /var/backups/users.sql "/var/backups/users-$(date +%F).sql"
