#!/bin/sh
# pass: start-target-without-entry-point
exec python3 src/loop.py
