#!/bin/bash
echo "docs: http://localhost:8000 & http://localhost:3000"
# ok: background-process-unsupervised
exec uvicorn app.main:app
