#!/bin/sh
mkdir -p secrets
openssl rand -hex 32 > secrets/token.txt
chmod 600 secrets/token.txt
openssl rand -hex 32 > secrets/readable.txt
chmod 644 secrets/readable.txt
