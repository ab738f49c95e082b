#!/bin/sh
set -eu
envsubst < app.yaml | kubectl apply -f -
