#!/bin/sh
# ruleid: backup-not-automated
mysqldump shop > "/backups/shop-$(date +%F).sql"
