#!/usr/bin/env bash
for name in api worker; do
  # unknown: command-names-undefined-service
  docker compose restart "${name}"
done
# pass: command-names-undefined-service
docker compose --profile jobs up -d --no-deps worker
# ok: command-names-undefined-service
docker compose up -d --scale api=2
# pass: command-names-undefined-service
docker compose run --rm -e LEVEL=debug -v "$PWD:/src" api acme migrate
# unknown: command-names-undefined-service
docker compose -f "$STACK" logs -f backend
# ok: command-names-undefined-service
docker compose -p shop -f docker-compose.yml down -v
# ok: command-names-undefined-service
docker compose cp api:/data ./data
