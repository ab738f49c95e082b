#!/bin/sh
logrotate /etc/logrotate.conf
