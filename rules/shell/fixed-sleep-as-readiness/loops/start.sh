#!/bin/bash
docker compose up -d db
until docker compose exec -T db pg_isready; do
  # ok: fixed-sleep-as-readiness
  sleep 2
done
alembic upgrade head
for i in $(seq 30); do
  curl -sf http://localhost:8000/health && break
  # ok: fixed-sleep-as-readiness
  sleep 5
done
