#!/bin/sh
# pass: secret-file-mode-weak
openssl rand -hex 32 > secrets/api_key
chmod 600 secrets/api_key
# pass: secret-file-mode-weak
install -m 0400 /dev/null secrets/other_key
# pass: secret-file-mode-weak
chmod u=rw,go= secrets/third.key
