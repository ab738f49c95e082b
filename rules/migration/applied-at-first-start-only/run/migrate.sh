#!/bin/sh
set -eu
for each in migrations/*.sql; do
  psql "$DATABASE_URL" -f "migrations/$(basename "$each")"
done
