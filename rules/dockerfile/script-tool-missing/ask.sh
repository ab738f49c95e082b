#!/bin/sh
# unknown: script-tool-missing
curl -sf http://search:9200
