#!/bin/sh
# pass: default-account-seeded
python manage.py createsuperuser --noinput --username admin
exec gunicorn site.wsgi
