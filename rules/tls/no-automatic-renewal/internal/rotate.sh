#!/bin/sh
set -eu
openssl req -new -key /etc/nginx/certs/site.key -out /tmp/site.csr -subj /CN=shop.internal
openssl x509 -req -in /tmp/site.csr -CA /etc/pki/ca.pem -CAkey /etc/pki/ca.key -days 30 -out /etc/nginx/certs/site.pem
nginx -s reload
