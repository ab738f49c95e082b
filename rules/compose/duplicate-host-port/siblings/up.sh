#!/bin/sh
docker compose -f a.yml -f b.yml up -d
