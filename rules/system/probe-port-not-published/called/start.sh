#!/bin/bash
set -e
COMPOSE_CMD="docker compose"
$COMPOSE_CMD up -d

check_service() {
  curl -sf "$2" > /dev/null && echo "$1 is up"
}

# ruleid: probe-port-not-published
check_service "UI" "http://localhost:3000"
# pass: probe-port-not-published
check_service "UI" "http://localhost:3002"
# ruleid: probe-port-not-published
curl -sf http://localhost:8000/health
