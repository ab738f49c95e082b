#!/bin/bash
# ok: background-process-unsupervised
alembic upgrade head &
wait
exec uvicorn main:app
