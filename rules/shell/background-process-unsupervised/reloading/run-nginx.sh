#!/bin/sh
# ok: background-process-unsupervised
while :; do sleep 6h & wait $!; nginx -s reload; done &
nginx -g "daemon off;"
