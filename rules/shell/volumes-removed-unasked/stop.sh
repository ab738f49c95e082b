#!/bin/sh
# ok: volumes-removed-unasked
docker compose down --remove-orphans
