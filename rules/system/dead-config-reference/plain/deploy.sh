#!/bin/sh
set -e
# pass: dead-config-reference
./scripts/migrate.sh
# ruleid: dead-config-reference
./scripts/seed.sh
# ruleid: dead-config-reference
pip install -r requirements-prod.txt
# unknown: dead-config-reference
[ -f ./scripts/local.sh ] && ./scripts/local.sh
cat > ./scripts/made.sh <<'END'
echo made
END
# unknown: dead-config-reference
./scripts/made.sh
# ok: dead-config-reference
python manage "$FILE"
