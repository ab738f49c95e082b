#!/bin/sh
# pass: backup-not-automated
pg_dump -U app orders > "/backups/orders-$(date +%F).sql"
