#!/bin/bash
# pass: command-names-undefined-service
docker exec -u postgres -it shop-db psql
# ruleid: command-names-undefined-service
docker exec shop-postgres pg_dump shop
# ruleid: command-names-undefined-service
docker logs --tail 50 api
# unknown: command-names-undefined-service
docker restart watchtower
# unknown: command-names-undefined-service
docker exec shop-api-1 ls
