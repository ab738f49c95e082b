#!/bin/sh
openssl rand -hex 32 > "$1"
