#!/bin/sh
# pass: backup-not-automated
pg_dump -h db app > app.sql
