#!/bin/bash
set -euo pipefail
# pass: backup-not-verified
pg_dump -Fc -f /backups/app.dump app
pg_restore --list /backups/app.dump > /dev/null
find /backups -name '*.dump' -mtime +14 -delete
rclone copy /backups remote:app
