#!/bin/bash
set -e
# pass: no-progressive-rollout
docker compose up -d --build
docker rollout web
