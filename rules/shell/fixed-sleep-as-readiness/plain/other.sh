#!/bin/sh
echo start
# ok: fixed-sleep-as-readiness
sleep 5
echo end
