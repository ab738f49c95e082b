#!/bin/sh
# ok: duplicate-operational-script
docker compose up -d
