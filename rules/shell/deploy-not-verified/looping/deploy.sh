#!/bin/bash
set -euo pipefail
# ruleid: deploy-not-verified
docker compose up -d
for attempt in {1..30}; do
    if curl -sf http://localhost:8000/health; then
        echo "healthy"
        break
    fi
    sleep 2
done
echo "deployed"
