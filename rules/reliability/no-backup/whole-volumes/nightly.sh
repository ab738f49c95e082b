#!/bin/sh
restic backup /var/lib/docker/volumes
