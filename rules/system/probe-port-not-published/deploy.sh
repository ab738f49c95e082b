#!/bin/sh
set -e
docker compose up -d
# ruleid: probe-port-not-published
curl -fsS http://localhost:8000/health
# pass: probe-port-not-published
curl -fsS http://127.0.0.1:8080/health
# ok: probe-port-not-published
docker compose exec api curl -f http://localhost:8000/health
# ok: probe-port-not-published
curl -f "http://localhost:$PORT/health"
