#!/bin/sh
# unknown: dead-config-reference
./base/run.sh
