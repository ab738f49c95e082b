#!/bin/sh
# ok: deploy-not-verified
supervisorctl restart php-fpm
echo ready
