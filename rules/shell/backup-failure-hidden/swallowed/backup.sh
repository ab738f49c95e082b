#!/bin/bash
set -euo pipefail
# ruleid: backup-failure-hidden
mysqldump app > /backups/app.sql || true
