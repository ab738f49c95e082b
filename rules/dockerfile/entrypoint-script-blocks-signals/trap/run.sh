#!/bin/bash
trap 'kill $(jobs -p)' TERM
celery -A tasks worker &
# pass: entrypoint-script-blocks-signals
uvicorn main:app &
wait
