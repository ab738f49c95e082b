#!/bin/sh
# ok: no-independent-worker-scaling
case "$1" in
  web) exec gunicorn app:app ;;
  worker) exec celery -A app worker ;;
esac
