#!/bin/sh
python manage.py migrate
# ruleid: default-account-seeded
DJANGO_SUPERUSER_PASSWORD=admin123 python manage.py createsuperuser --noinput --username admin
exec gunicorn site.wsgi
