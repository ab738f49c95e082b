#!/bin/sh
set -e
# ok: deploy-not-verified
docker compose up -d
