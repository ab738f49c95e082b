#!/bin/bash
# ok: backup-not-verified
echo "remember pg_dump"
docker compose up -d
