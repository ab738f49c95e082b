#!/bin/bash
docker compose -f docker-compose.yml -f docker-compose.jobs.yml up -d
