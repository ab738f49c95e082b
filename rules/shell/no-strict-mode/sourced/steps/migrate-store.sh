#!/bin/bash
# ok: no-strict-mode
echo "moving the store"
docker compose run --rm store export
docker compose run --rm store import
docker compose up -d store
