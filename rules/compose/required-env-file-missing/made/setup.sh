#!/bin/sh
set -e
printf "TOKEN=%s\n" "$(openssl rand -hex 16)" > generated.env
