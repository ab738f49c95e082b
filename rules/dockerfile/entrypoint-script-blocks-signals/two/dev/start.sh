#!/bin/sh
# ok: entrypoint-script-blocks-signals
uvicorn main:app --reload
