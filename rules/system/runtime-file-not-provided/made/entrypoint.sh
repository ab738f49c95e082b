#!/bin/sh
date > /tmp/made.txt
exec "$@"
