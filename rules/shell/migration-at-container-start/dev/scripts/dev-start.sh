#!/bin/bash
# ok: migration-at-container-start
alembic upgrade head
uvicorn app.main:app --reload
