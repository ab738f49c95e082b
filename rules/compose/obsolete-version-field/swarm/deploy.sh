#!/bin/sh
docker stack deploy -c docker-compose.yml app
