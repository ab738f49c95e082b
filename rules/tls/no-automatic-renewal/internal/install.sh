#!/bin/sh
crontab crontab
