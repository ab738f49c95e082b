#!/bin/sh
# ok: backup-not-automated
psql -h db app < app.sql
