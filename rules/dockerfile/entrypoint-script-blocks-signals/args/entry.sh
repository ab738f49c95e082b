#!/bin/bash
set -e
if [ "$1" = worker ]; then
  # ok: entrypoint-script-blocks-signals
  exec celery -A app worker
fi
exec "$@"
