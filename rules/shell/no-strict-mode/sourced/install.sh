#!/bin/bash
# ok: no-strict-mode
set -euo pipefail
source steps/migrate-store.sh
docker compose up -d --wait
