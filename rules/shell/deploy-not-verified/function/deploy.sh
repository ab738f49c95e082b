#!/bin/bash
set -e
check_health() {
    for attempt in $(seq 1 10); do
        if curl -sf "$1"; then return 0; fi
        sleep 1
    done
    return 1
}
# pass: deploy-not-verified
systemctl restart shop
check_health http://localhost:8000/health || { echo "not healthy"; exit 1; }
