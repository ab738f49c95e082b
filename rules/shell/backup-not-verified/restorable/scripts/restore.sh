#!/bin/bash
set -euo pipefail
pg_restore -d app "$1"
