#!/bin/bash
set -e
# pass: deploy-not-verified
docker compose up -d
for i in $(seq 30); do
  curl -fsS http://localhost:8000/health && exit 0
  sleep 2
done
exit 1
