#!/bin/bash
# ruleid: command-names-undefined-service
docker compose -f docker-compose.yml up -d models
# pass: command-names-undefined-service
docker compose -f docker-compose.yml -f docker-compose.ai.yml up -d models
# unknown: command-names-undefined-service
docker compose restart models
