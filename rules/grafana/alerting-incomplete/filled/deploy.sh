#!/bin/sh
set -e
sed -i "s/PLACEHOLDER_EMAIL/$ALERT_EMAIL/" provisioning/alerting/contactpoints.yml
