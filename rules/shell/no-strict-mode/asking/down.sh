#!/bin/bash
# ok: no-strict-mode
if ! command -v migrate > /dev/null; then
  echo "golang-migrate is not installed"
  exit 0
fi
echo "this program"
ls -l
date
