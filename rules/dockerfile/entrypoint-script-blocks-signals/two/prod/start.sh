#!/bin/sh
# pass: entrypoint-script-blocks-signals
exec uvicorn main:app
