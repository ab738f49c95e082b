#!/usr/bin/env bash
docker compose up -d --wait
# ok: probe-port-not-published
docker compose exec -T api sh -c "curl -f http://localhost:8000/health"
# ok: probe-port-not-published
docker exec shop-api-1 wget -qO- http://localhost:8000/
# pass: probe-port-not-published
for i in 1 2 3; do curl -sf http://localhost:8080/ && break; done
# unknown: probe-port-not-published
curl -f http://localhost:9001/
