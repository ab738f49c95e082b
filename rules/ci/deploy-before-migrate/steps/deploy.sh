#!/bin/sh
docker compose up -d db
# pass: deploy-before-migrate
docker compose run --rm api alembic upgrade head
docker compose up -d
