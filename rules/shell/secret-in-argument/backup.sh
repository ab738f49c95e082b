#!/bin/sh
# ruleid: secret-in-argument
mysqldump -u root -pq8Zk1Lm9 app > dump.sql
# ruleid: secret-in-argument
redis-cli -a "$REDIS_PASSWORD" ping
# ruleid: secret-in-argument
PGPASSWORD=q8Zk1Lm9PwX3 psql -h db app
# pass: secret-in-argument
PGPASSWORD="$PASSWORD" psql -h db app
# ok: secret-in-argument
mysql -u root -p app
# ok: secret-in-argument
echo "$TOKEN" | docker login -u ci --password-stdin
# ok: secret-in-argument
curl -u user https://example.test
# ruleid: secret-in-argument
echo "connecting with $DB_PASSWORD" >> /var/log/backup.log
# ok: secret-in-argument
echo "password has ${#DB_PASSWORD} characters" >> /var/log/backup.log
