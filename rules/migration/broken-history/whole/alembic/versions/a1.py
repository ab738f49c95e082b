# ok: broken-history
revision = "a1"
down_revision = None
