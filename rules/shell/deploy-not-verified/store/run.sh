#!/bin/bash
# ok: deploy-not-verified
docker compose up -d redis
python -m shop
