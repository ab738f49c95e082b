#!/bin/sh
alembic upgrade head
# ok: single-point-of-failure
exec hypercorn app.main:app --bind 0.0.0.0:8080
