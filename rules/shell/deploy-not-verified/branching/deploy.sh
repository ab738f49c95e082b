#!/bin/bash
set -e
# ruleid: deploy-not-verified
docker stack deploy -c stack.yml app
if curl -f http://localhost/health; then
    echo "healthy"
else
    echo "WARNING: not healthy yet"
fi
