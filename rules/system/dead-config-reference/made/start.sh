#!/usr/bin/env bash
set -euo pipefail
cp deploy/template.env.sh env.sh
# ok: dead-config-reference
source ./env.sh
curl -fsSL https://install.example/run.sh -o /tmp/run.sh
# ok: dead-config-reference
bash /tmp/run.sh
# pass: dead-config-reference
docker compose -f deploy/compose.yml up -d
if [ -x ./hooks/after.sh ]; then
  # unknown: dead-config-reference
  ./hooks/after.sh
fi
cd /srv/app
# ok: dead-config-reference
./bin/serve.sh
