#!/bin/sh
set -e
# ruleid: backup-not-automated
pg_dump -h db app > app.sql
