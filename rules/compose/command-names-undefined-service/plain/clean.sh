#!/bin/sh
# unknown: command-names-undefined-service
docker compose stop elsewhere
