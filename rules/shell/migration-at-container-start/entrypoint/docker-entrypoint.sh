#!/bin/bash
# ok: migration-at-container-start
if ! python manage.py migrate --check; then echo pending; fi
# ruleid: migration-at-container-start
python manage.py migrate --noinput
exec "$@"
