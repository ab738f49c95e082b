# ruleid: deployment-value-in-code
PLAN_LIMITS = {"free": 10, "pro": 1000}
FRONTEND_URL = "https://app.acme-corp.com"
UPLOAD_DIR = "/opt/shop/uploads"
# ok: deployment-value-in-code
DOCS_URL = "https://docs.python.org/3/"
# ok: deployment-value-in-code
COLOURS = {"red": 1}
