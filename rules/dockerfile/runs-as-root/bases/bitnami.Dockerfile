# pass: runs-as-root
FROM bitnami/redis:7.4
