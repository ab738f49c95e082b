#!/bin/sh
# ok: insecure-source
pip install --index-url http://localhost:3141/simple a==1.0
