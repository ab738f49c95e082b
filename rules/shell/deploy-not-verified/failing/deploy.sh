#!/bin/bash
set -e
# pass: deploy-not-verified
docker compose up -d
for attempt in $(seq 1 30); do
    curl -fs http://localhost:8000/health && exit 0
    sleep 2
done
echo "not healthy" >&2
exit 1
