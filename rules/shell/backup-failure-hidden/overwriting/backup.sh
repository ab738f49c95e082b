#!/bin/bash
set -euo pipefail
# ruleid: backup-failure-hidden
pg_dump -U app orders > /var/backups/orders.sql
