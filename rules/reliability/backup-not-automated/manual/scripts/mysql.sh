#!/bin/sh
# ruleid: backup-not-automated
mysqldump app > app.sql
