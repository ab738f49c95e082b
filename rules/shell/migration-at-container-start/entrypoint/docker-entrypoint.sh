#!/bin/bash
# ruleid: migration-at-container-start
python manage.py migrate --noinput
exec "$@"
