#!/bin/bash
set -euo pipefail
curl -fsS http://localhost:8000/health
psql -c 'select 1'
