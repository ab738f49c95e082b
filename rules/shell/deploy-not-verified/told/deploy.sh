#!/bin/bash
set -e
# pass: deploy-not-verified
if docker compose up -d; then
  echo "started"
else
  exit 1
fi
check_health() {
  for i in $(seq 30); do
    curl -fsS "$1" && return 0
    sleep 2
  done
  return 1
}
check_health http://localhost:8000/health
echo "Stop with: docker-compose down"
