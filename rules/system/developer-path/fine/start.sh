#!/bin/bash
# ok: developer-path
cd "$(dirname "$0")"
# ok: developer-path
cp app.conf /home/app/app.conf
# ok: developer-path
echo "put it into /home/you/shop"
