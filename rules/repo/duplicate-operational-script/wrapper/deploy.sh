#!/bin/sh
# ok: duplicate-operational-script
exec ./scripts/deploy.sh "$@"
