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
# ruleid: secret-in-argument
echo "Password: $ADMIN_PASSWORD"
# ok: secret-in-argument
echo "Set \$API_TOKEN first; ${#API_TOKEN} characters, from $TOKEN_FILE"
# ok: secret-in-argument
echo "$API_TOKEN" | docker login --password-stdin
NEW_SECRET=$(openssl rand -hex 32)
# ok: secret-in-argument
echo "keep this: $NEW_SECRET"
# ruleid: secret-in-argument
docker exec acme-redis redis-cli -a q8Zk1Lm9_2024 ping
# ruleid: secret-in-argument
docker compose exec -T db mysqldump -u root -pq8Zk1Lm9PwX app > dump.sql
# ok: secret-in-argument
docker exec acme-redis redis-cli -h cache ping
# ok: secret-in-argument
docker exec -i db mysql -u root -p app
