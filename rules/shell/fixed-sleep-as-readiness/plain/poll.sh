#!/bin/sh
docker compose up -d db
until pg_isready -h localhost; do
  # pass: fixed-sleep-as-readiness
  sleep 2
done
alembic upgrade head
