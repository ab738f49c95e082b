#!/bin/sh
set -e
# pass: deploy-not-verified
docker compose up -d --wait --wait-timeout 60
