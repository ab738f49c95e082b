#!/bin/bash
celery -A tasks worker &
# ruleid: entrypoint-script-blocks-signals
uvicorn main:app
