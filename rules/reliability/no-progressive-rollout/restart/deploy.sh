#!/bin/bash
set -e
# ruleid: no-progressive-rollout
docker compose up -d --build
