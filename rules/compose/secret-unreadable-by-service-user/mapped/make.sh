#!/bin/sh
umask 077
openssl rand -hex 32 > keys/token.txt
chmod 0600 keys/token.txt keys/server.key
