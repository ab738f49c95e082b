#!/bin/sh
# ok: deploy-not-verified
docker compose up -d
docker compose exec -T backend bash scripts/tests-start.sh "$@"
docker compose down -v
