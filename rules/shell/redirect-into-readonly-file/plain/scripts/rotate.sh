#!/bin/bash
# ruleid: redirect-into-readonly-file
openssl rand -hex 32 > "$DIR/session"
mv "$DIR/new" "$DIR/other"
