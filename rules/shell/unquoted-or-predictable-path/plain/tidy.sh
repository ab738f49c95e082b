#!/bin/bash
# ruleid: unquoted-or-predictable-path
rm -f $LOG_FILE
# ruleid: unquoted-or-predictable-path
mv $SRC/data /srv/data
# ruleid: unquoted-or-predictable-path
date > /tmp/tidy.lock
# ok: unquoted-or-predictable-path
rm -f "$LOG_FILE"
# ok: unquoted-or-predictable-path
chown $APP_UID:$APP_GID /srv/data
# ok: unquoted-or-predictable-path
echo $LOG_FILE
# ok: unquoted-or-predictable-path
date > "$(mktemp)"
