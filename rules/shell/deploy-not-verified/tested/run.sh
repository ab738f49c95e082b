#!/bin/sh
# pass: deploy-not-verified
docker compose up -d
wait-until "docker compose exec postgres pg_isready"
