#!/bin/bash
# pass: backup-failure-hidden
if pg_dump -Fc -f /backups/app.dump app; then
  find /backups -mtime +7 -delete
fi
