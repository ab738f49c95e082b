#!/bin/bash
set -euo pipefail
# ok: deploy-before-migrate
sudo systemctl restart docker
docker compose run --rm api alembic upgrade head
docker compose up -d api
