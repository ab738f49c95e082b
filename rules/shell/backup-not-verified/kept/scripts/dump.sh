#!/bin/bash
# ruleid: backup-not-verified
docker exec db mysqldump app > /backups/app.sql
find /backups -mtime +7 -delete
