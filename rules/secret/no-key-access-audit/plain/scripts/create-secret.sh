#!/bin/sh
openssl rand -hex 16
logger "made a secret"
