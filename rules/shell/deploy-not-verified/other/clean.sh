#!/bin/bash
# ok: deploy-not-verified
docker compose down -v
