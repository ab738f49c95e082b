#!/bin/bash
git checkout "$1"
docker compose up -d --build
