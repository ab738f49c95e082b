#!/bin/bash
# ok: no-strict-mode
git pull || exit 1
docker compose build || exit 1
docker compose up -d || exit 1
