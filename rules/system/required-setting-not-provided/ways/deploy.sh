#!/bin/sh
export BUILD_ID="$(git rev-parse HEAD)"
