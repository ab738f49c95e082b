#!/bin/sh
set -e
docker build -t shop/base:latest -f base/Dockerfile base
docker build -t shop/curl:latest -f curl/Dockerfile curl
