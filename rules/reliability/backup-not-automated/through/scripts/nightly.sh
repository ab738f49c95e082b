#!/bin/sh
./scripts/dump.sh
