#!/bin/sh
openssl x509 -checkend 604800 -in /etc/nginx/certs/site.pem || mail -s "certificate" ops
