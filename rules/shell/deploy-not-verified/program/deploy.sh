#!/bin/bash
set -e
# pass: deploy-not-verified
docker compose -f docker-compose.production.yml up -d
python3 deploy_validate.py
