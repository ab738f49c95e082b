#!/bin/sh
set -e
case "$1" in
queue) file=compose.queue.yml ;;
cache) file=compose.cache.yml ;;
mail) file=compose.mail.yml ;;
search) file=compose.search.yml ;;
metrics) file=compose.metrics.yml ;;
tls) file=compose.tls.yml ;;
backup) file=compose.backup.yml ;;
esac
docker compose -f "$file" up -d
