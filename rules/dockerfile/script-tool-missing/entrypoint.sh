#!/bin/sh
set -e
# ruleid: script-tool-missing
until pg_isready -h db; do
  sleep 2
done
# pass: script-tool-missing
curl -sf http://search:9200
if command -v jq >/dev/null; then
  # ok: script-tool-missing
  jq . config.json
fi
# ruleid: script-tool-missing
nc -z redis 6379
exec "$@"
