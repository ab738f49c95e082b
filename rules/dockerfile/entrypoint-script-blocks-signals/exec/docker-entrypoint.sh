#!/bin/sh
python manage.py migrate
# pass: entrypoint-script-blocks-signals
exec "$@"
