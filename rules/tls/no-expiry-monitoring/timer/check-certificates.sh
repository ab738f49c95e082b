#!/bin/sh
end=$(openssl x509 -enddate -noout -in /etc/nginx/certs/site.pem)
echo "$end" | mail -s "certificate" ops
