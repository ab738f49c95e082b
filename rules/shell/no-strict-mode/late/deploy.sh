#!/bin/bash
git pull
alembic upgrade head
npm run build
set -e
