#!/bin/sh
if [ "$SEED" = "1" ]; then
  # ok: unsafe-environment-default
  python manage.py loaddata demo
fi
