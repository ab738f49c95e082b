#!/bin/sh
# ok: secret-in-argument
mysqldump --defaults-extra-file=/run/secrets/my.cnf shop
# ok: secret-in-argument
export PGPASSFILE=/run/secrets/pgpass
# ok: secret-in-argument
docker login -u ci --password-stdin < /run/secrets/registry
# ok: secret-in-argument
PGPASSWORD="$(cat /run/secrets/db)" pg_dump shop
# ok: secret-in-argument
curl -K /run/secrets/curl.conf https://api.example/
# ok: secret-in-argument
docker run -e DB_PASSWORD acme/api:1.0
# ok: secret-in-argument
mysql -p shop
# ok: secret-in-argument
echo "Set TOKEN first" >> run.log
