#!/bin/bash
BUILD=build
# ruleid: dangerous-delete
rm -rf "$TARGET"/*
# ruleid: dangerous-delete
rm -rf ${CACHE_DIR}/data
# pass: dangerous-delete
rm -rf "${TARGET:?}"/*
# pass: dangerous-delete
rm -rf "$BUILD"/*
WORK=$(mktemp -d)
# pass: dangerous-delete
rm -rf "$WORK/tmp"
# ok: dangerous-delete
rm -rf /tmp/app-$NAME
# ok: dangerous-delete
rm -rf "$TARGET"
set -u
# pass: dangerous-delete
rm -rf "$OTHER"/*
