#!/bin/sh
# ok: backup-not-automated
pg_dump -U app orders > /backups/before-restore.sql
psql -U app orders < "$1"
