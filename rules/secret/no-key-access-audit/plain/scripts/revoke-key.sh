#!/bin/sh
rm "$1"
echo "$(date) revoked $1" >> /var/log/keys-audit.log
