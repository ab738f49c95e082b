#!/bin/bash
set -e
docker compose pull
# ruleid: deploy-not-verified
docker compose up -d
echo "deployed"
