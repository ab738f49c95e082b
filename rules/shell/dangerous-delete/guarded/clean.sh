#!/bin/bash
# pass: dangerous-delete
rm -rf "${BUILD_DIR:?}"/*
# ok: dangerous-delete
rm -rf ./dist/"$NAME"
TMP=$(mktemp -d)
# pass: dangerous-delete
rm -rf "$TMP"/work
# pass: dangerous-delete
rm -rf "${CACHE:-/var/cache/app}"/old
[ -n "$DATA" ] || exit 1
# pass: dangerous-delete
rm -rf "$DATA"/tmp
