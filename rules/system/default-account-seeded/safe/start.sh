#!/bin/sh
# pass: default-account-seeded
DJANGO_SUPERUSER_PASSWORD="$(cat /run/secrets/admin)" python manage.py createsuperuser --no-input --username admin
python seed.py
