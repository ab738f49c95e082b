#!/bin/bash
docker compose pull || exit 1
docker compose up -d || exit 1
docker image prune -f || exit 1
