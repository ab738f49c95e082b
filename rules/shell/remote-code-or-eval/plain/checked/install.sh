#!/bin/bash
set -e
curl -o setup.sh https://get.example.org/setup
sha256sum -c setup.sha256
# ok: remote-code-or-eval
bash setup.sh
