#!/bin/sh
cat > /var/lib/node-exporter/tls.prom <<EOF
site_certificate_expiry_seconds 1
EOF
