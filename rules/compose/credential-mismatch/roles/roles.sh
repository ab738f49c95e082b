#!/bin/sh
docker compose exec -T db psql -U shop -c "CREATE ROLE reader LOGIN PASSWORD 'pw-reads'"
