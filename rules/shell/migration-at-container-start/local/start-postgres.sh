#!/bin/sh
# ok: migration-at-container-start
python manage.py migrate
python manage.py runserver
