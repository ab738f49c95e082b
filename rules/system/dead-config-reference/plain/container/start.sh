#!/bin/sh
# unknown: dead-config-reference
python jobs/run.py
# ok: dead-config-reference
node -p process.version.py
