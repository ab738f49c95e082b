#!/bin/sh
docker run --rm --env-file prod.env acme/api:1.0
docker compose --env-file compose.env up -d
