# pass: imported-package-not-installed
import celery
# unknown: imported-package-not-installed
import redis
