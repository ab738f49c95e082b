#!/bin/bash
set -euo pipefail
# pass: backup-not-verified
pg_dump -Fc shop > /var/backups/shop.dump
find /var/backups -mtime +14 -delete
aws s3 cp /var/backups/shop.dump s3://acme-backups/
