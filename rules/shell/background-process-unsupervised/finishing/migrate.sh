#!/bin/bash
# ok: background-process-unsupervised
alembic upgrade head &
wait
exec uvicorn app.main:app
