#!/bin/bash
# ok: backup-not-verified
pg_basebackup -h primary -D /var/lib/postgresql/data -R
