#!/bin/sh
docker compose up -d
# ruleid: deploy-before-migrate
docker compose exec -T api python manage.py migrate
