#!/bin/sh
set -e
exec celery -A shop worker
