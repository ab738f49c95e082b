#!/bin/bash
# ok: no-strict-mode
docker compose up -d
