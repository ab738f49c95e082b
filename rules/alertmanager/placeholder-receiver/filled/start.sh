#!/bin/sh
envsubst < alertmanager.tmpl > alertmanager.yml
