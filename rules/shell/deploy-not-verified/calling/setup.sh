#!/bin/bash
set -e
# ok: deploy-not-verified
./scripts/deploy.sh
