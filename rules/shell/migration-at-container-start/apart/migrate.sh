#!/bin/bash
# ok: migration-at-container-start
alembic upgrade head
