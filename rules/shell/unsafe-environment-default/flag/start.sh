#!/bin/sh
# ok: unsafe-environment-default
if [ "${SEED_DATABASE:-false}" = true ]; then
  python seed.py
fi
if [ "${ENVIRONMENT:?}" != production ]; then
  # pass: unsafe-environment-default
  python manage.py loaddata fixtures
fi
if [ "$ENVIRONMENT" = development ]; then
  # ok: unsafe-environment-default
  python manage.py loaddata fixtures
fi
