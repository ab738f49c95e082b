#!/bin/bash
# ok: secret-file-mode-weak
wget https://example.org/shop/.env -O .env
# ok: secret-file-mode-weak
printf 'shop:x:1001:1001::/home/shop:/usr/sbin/nologin\n' >> /etc/passwd
# ok: secret-file-mode-weak
sort urls.txt > artifacts_env.txt
# ok: secret-file-mode-weak
echo "" >> plane.env
# ruleid: secret-file-mode-weak
echo "SECRET_KEY=$(openssl rand -hex 32)" >> app.env
