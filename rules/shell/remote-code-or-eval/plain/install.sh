#!/bin/bash
# ruleid: remote-code-or-eval
curl -fsSL https://get.example.org/install | bash
# ruleid: remote-code-or-eval
wget -qO- https://get.example.org/setup | sudo sh
# ruleid: remote-code-or-eval
eval "$COMMAND"
# ruleid: remote-code-or-eval
ssh -o StrictHostKeyChecking=no deploy@example.org ./update.sh
# ruleid: remote-code-or-eval
curl -k https://api.example.org/token
# ok: remote-code-or-eval
curl -k https://localhost:8443/health
# ok: remote-code-or-eval
curl -fsSL https://example.org/data.json | jq .
# ok: remote-code-or-eval
eval "$(ssh-agent -s)"
# ok: remote-code-or-eval
ssh deploy@example.org uptime
# ruleid: remote-code-or-eval
bash <(curl -s https://get.example.org/setup)
# ruleid: remote-code-or-eval
sh -c "$(curl -fsSL https://get.example.org/setup)"
# ruleid: remote-code-or-eval
source <(curl -s https://get.example.org/functions)
curl -o setup.sh https://get.example.org/setup
# ruleid: remote-code-or-eval
bash setup.sh
# ok: remote-code-or-eval
bash scripts/setup.sh
# ok: remote-code-or-eval
curl -fsS http://localhost:9090/api/v1/query | python3 -c 'import json,sys; print(json.load(sys.stdin))'
# ok: remote-code-or-eval
LEFT="$(curl -fsS https://example.org/data.json | python3 tools/count.py)"
# ok: remote-code-or-eval
curl -fsS https://example.org/list | bash -c 'while read -r line; do echo "$line"; done'
# ruleid: remote-code-or-eval
curl -fsS https://get.example.org/setup.py | python3 -
# ruleid: remote-code-or-eval
curl -fsS https://get.example.org/setup | bash -s -- --yes
