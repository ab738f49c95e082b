#!/bin/bash
# ok: deploy-not-verified
docker compose up --build
