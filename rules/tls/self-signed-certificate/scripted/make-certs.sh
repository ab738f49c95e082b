#!/bin/sh
# ruleid: self-signed-certificate
openssl req -x509 -newkey rsa:4096 -nodes -days 365 -subj /CN=shop.test -keyout certs/site.key -out certs/site.crt
# ok: self-signed-certificate
openssl req -new -key certs/other.key -out certs/other.csr
