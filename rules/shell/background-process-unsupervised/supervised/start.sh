#!/bin/bash
set -e
# pass: background-process-unsupervised
celery -A app worker &
WORKER=$!
uvicorn main:app &
wait -n
kill "$WORKER"
