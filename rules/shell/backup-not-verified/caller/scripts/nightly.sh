#!/bin/bash
# ok: backup-not-verified
./backup.sh
