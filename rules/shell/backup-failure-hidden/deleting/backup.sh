#!/bin/bash
# ruleid: backup-failure-hidden
pg_dump -Fc -f /backups/app.dump app
find /backups -mtime +7 -delete
