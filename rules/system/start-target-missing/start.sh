#!/bin/sh
# ruleid: start-target-missing
exec gunicorn --bind 0.0.0.0:8000 src.api.main:app
