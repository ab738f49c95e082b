#!/bin/sh
set -e
docker compose run --rm reindex
docker compose run api acme migrate
