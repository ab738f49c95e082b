#!/bin/bash
set -e
check_service() {
  for i in $(seq 30); do
    if curl -fsS "$1" > /dev/null; then return 0; fi
    sleep 2
  done
  return 1
}
# pass: deploy-not-verified
docker compose -f docker-compose.prod.yml up -d
check_service http://localhost:8000/health
