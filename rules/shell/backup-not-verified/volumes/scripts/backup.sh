#!/bin/bash
set -euo pipefail
BACKUP_DIR=/var/backups/acme
save() {
  # ruleid: backup-not-verified
  docker run --rm -v "$1:/data:ro" -v "$BACKUP_DIR:/backup" alpine tar czf "/backup/$1.tar.gz" -C /data .
}
save postgres-data
find "$BACKUP_DIR" -name '*.tar.gz' -mtime +14 -delete
