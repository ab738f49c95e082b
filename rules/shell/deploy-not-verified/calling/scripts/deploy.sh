#!/bin/bash
set -e
# ruleid: deploy-not-verified
docker compose up -d
