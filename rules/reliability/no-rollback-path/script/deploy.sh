#!/bin/bash
set -e
git pull
# ruleid: no-rollback-path
docker compose up -d --build
