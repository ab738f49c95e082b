#!/bin/bash
set -euo pipefail
# ruleid: raw-files-backed-up
cp data/shop.db "$BACKUP_DIR/shop.db"
# ok: raw-files-backed-up
sqlite3 data/shop.db ".backup '$BACKUP_DIR/shop.db'"
