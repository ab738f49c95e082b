#!/bin/bash
read -r -p "Delete all data? " answer
[ "$answer" = yes ] || exit 1
# pass: volumes-removed-unasked
docker compose down -v
