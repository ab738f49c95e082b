#!/bin/bash
set -e
# ruleid: backup-failure-hidden
pg_dump app | gzip > /backups/app.sql.gz
