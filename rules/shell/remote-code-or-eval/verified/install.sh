#!/bin/bash
set -euo pipefail
curl -fsSLo tool.sh https://get.example/tool.sh
echo "24454f83  tool.sh" | sha256sum -c -
# ok: remote-code-or-eval
bash tool.sh
# ok: remote-code-or-eval
curl -k https://127.0.0.1:8443/health
# ok: remote-code-or-eval
wget --no-check-certificate -qO- https://localhost/ready
# ok: remote-code-or-eval
eval "$(ssh-agent -s)"
# ok: remote-code-or-eval
source .env
# ok: remote-code-or-eval
ssh -o StrictHostKeyChecking=accept-new deploy@host true
