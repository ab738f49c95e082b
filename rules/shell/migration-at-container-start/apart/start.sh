#!/bin/bash
# ok: migration-at-container-start
exec gunicorn app:app
