#!/bin/bash
set -e
certbot renew
# ok: deploy-not-verified
systemctl start certbot.timer
# ok: deploy-not-verified
systemctl restart nginx
