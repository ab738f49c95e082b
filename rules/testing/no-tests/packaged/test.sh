#!/bin/sh
docker compose run --rm app python manage.py test
