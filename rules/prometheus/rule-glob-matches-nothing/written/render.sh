#!/bin/sh
envsubst < alerts.tmpl > generated/alerts.yml
