#!/bin/bash
set -euo pipefail
# ruleid: backup-not-verified
pg_dump -Fc app > "/backups/app-$(date +%F).dump"
find /backups -mtime +7 -delete
aws s3 sync /backups s3://app-backups
