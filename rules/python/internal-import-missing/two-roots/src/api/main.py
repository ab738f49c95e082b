# ok: internal-import-missing
from api.orders import orders

# ok: internal-import-missing
from src.api.auth import user

print(orders(), user)
