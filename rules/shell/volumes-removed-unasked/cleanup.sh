#!/bin/sh
set -eu
# ruleid: volumes-removed-unasked
docker compose -f docker-compose.yml down -v --remove-orphans
