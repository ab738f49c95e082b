# ok: deployment-value-in-code
FRONTEND_URL = "https://app.acme-corp.com"
