#!/bin/bash
set -euo pipefail
# ruleid: backup-not-verified
pg_dump -h db app | gzip > /backups/app-$(date +%F).sql.gz
