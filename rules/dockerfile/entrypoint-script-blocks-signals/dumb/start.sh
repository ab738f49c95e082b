#!/bin/sh
# pass: entrypoint-script-blocks-signals
uvicorn main:app
