#!/bin/sh
# ok: probe-port-not-published
curl http://localhost:9999/
