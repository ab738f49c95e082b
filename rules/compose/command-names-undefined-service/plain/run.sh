#!/bin/sh
set -e
# pass: command-names-undefined-service
docker compose up -d --timeout 30 db
# ruleid: command-names-undefined-service
docker compose restart backend
# pass: command-names-undefined-service
docker compose exec -T -u postgres db pg_dump app
# unknown: command-names-undefined-service
docker compose logs -f "$SERVICE"
# ruleid: command-names-undefined-service
docker-compose run --rm -e A=b worker migrate
# ok: command-names-undefined-service
docker compose up -d
# unknown: command-names-undefined-service
docker compose -f /srv/other.yml restart backend
