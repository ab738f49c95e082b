#!/bin/bash
set -euo pipefail
systemctl stop shop
# pass: raw-files-backed-up
cp data/shop.db "$BACKUP_DIR/shop.db"
systemctl start shop
