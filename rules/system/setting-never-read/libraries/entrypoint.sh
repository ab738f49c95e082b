#!/bin/sh
sleep "${START_DELAY:-0}"
exec python /app/main.py
