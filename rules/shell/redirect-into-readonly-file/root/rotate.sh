#!/bin/sh
set -e
if [ "$(id -u)" -ne 0 ]; then
  echo "run as root" >&2
  exit 1
fi
# ok: redirect-into-readonly-file
openssl rand -hex 32 > /etc/shop/key
chmod 0400 /etc/shop/key
