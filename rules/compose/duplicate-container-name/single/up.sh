#!/bin/sh
docker compose up -d --scale many=3
