#!/bin/bash
set -e
# pass: deploy-not-verified
docker compose up -d --build
until curl -fs http://localhost:8000/health; do
    sleep 1
done
