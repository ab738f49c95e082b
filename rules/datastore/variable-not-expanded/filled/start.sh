#!/bin/sh
envsubst < /templates/redis.conf > /data/redis.conf
exec redis-server /data/redis.conf
