#!/bin/sh
rsync -a systemd/ /etc/systemd/system/
systemctl daemon-reload
