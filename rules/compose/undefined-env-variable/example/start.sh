#!/bin/sh
export FROM_SCRIPT="$(hostname)"
docker compose up -d
