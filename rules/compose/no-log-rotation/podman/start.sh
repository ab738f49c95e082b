#!/bin/sh
podman-compose -f compose.yaml up -d
