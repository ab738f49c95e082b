#!/bin/sh
# ok: migration-at-container-start
exec uvicorn main:app
