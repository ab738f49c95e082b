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
# ruleid: probe-port-not-published
timeout 60 bash -c 'until curl -fs http://localhost:8501 >/dev/null; do sleep 2; done'
# ok: probe-port-not-published
bash -c 'docker compose exec api curl -f http://localhost:8502/'
