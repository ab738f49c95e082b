#!/bin/sh
docker volume create --driver local kept-data
docker compose up -d
