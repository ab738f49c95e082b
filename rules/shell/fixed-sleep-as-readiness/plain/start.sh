#!/bin/sh
docker compose up -d db
# ruleid: fixed-sleep-as-readiness
sleep 10
alembic upgrade head
