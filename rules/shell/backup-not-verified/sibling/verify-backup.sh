#!/bin/bash
pg_restore --list /var/backups/shop.dump > /dev/null
