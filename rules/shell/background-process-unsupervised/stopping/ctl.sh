#!/bin/sh
case "$1" in
start)
    # ruleid: background-process-unsupervised
    nohup celery -A app worker > worker.log 2>&1 &
    uvicorn app.main:app
    ;;
stop)
    kill "$(cat worker.pid)"
    ;;
esac
