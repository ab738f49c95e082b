#!/bin/sh
set -e
docker compose -f docker-compose.core.yml up -d
