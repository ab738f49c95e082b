#!/bin/sh
docker compose down
# ruleid: deploy-not-verified
docker compose up -d
docker compose exec web python manage.py migrate
