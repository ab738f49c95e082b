import os

# ruleid: service-address-unresolved
CHECK_URL = os.getenv("CHECK_URL", "http://compliance:8002")
# ok: service-address-unresolved
COMPLIANCE_URL = os.getenv("COMPLIANCE_URL", "http://compliance:8002")
