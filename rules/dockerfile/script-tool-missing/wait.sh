#!/bin/sh
# pass: script-tool-missing
until pg_isready -h db; do sleep 1; done
exec "$@"
