#!/bin/sh
# pass: background-process-unsupervised
uvicorn app.main:app &
APP=$!
curl -f http://localhost:8000/health
kill "$APP"
