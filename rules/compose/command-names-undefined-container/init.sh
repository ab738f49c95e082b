#!/bin/sh
set -eu
# ruleid: command-names-undefined-container
docker exec shop-postgres pg_isready -U shop
# pass: command-names-undefined-container
docker exec -i shop-main-postgres psql -U shop
# unknown: command-names-undefined-container
docker logs --tail=5 watchtower
