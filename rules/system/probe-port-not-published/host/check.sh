#!/bin/sh
docker compose up -d
uvicorn main:app --port 9000 &
# unknown: probe-port-not-published
curl -f http://localhost:9000/
