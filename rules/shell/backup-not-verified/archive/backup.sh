#!/bin/bash
# ruleid: backup-not-verified
tar czf /backups/data.tar.gz /var/lib/app
