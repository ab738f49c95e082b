#!/bin/bash
# pass: background-process-unsupervised
celery -A app worker &
# pass: background-process-unsupervised
uvicorn app.main:app &
wait -n
