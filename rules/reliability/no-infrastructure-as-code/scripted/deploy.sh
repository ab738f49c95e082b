#!/bin/bash
set -e
git pull
systemctl restart shop
