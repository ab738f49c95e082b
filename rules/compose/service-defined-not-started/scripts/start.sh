#!/bin/sh
docker compose --profile search up -d
