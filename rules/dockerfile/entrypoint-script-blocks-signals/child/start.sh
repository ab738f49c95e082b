#!/bin/sh
set -e
alembic upgrade head
# ruleid: entrypoint-script-blocks-signals
uvicorn main:app --host 0.0.0.0
