#!/bin/bash
# ok: duplicate-operational-script
exec ../a/deploy.sh
