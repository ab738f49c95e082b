#!/bin/bash
# ruleid: developer-path
cd /home/maria/projects/shop
APP_DIR=/Users/maria/shop
ls "$APP_DIR"
