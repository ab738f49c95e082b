#!/bin/bash
# ok: dangerous-delete
rm -f "${STATE}/config/mcp-servers.json"
# pass: dangerous-delete
rm -rf "${RUNNER_TEMP}/work"
# ruleid: dangerous-delete
rm --recursive --force "$STATE"/data
