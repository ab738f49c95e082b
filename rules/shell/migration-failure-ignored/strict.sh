#!/bin/bash
set -euo pipefail
# pass: migration-failure-ignored
alembic upgrade head
exec uvicorn main:app --host 0.0.0.0
