# ruleid: imported-package-not-installed
import psutil
# pass: imported-package-not-installed
import requests

print(psutil.cpu_percent(), requests.codes.ok)
