#!/bin/sh
set -e
# ruleid: migration-at-container-start
npx prisma migrate deploy
exec node server.js
