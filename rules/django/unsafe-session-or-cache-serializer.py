# ruleid: unsafe-session-or-cache-serializer
SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"

# ruleid: unsafe-session-or-cache-serializer
SESSION_SERIALIZER = "shop.sessions.SignedPickleSerializer"

# ok: unsafe-session-or-cache-serializer
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

# ok: unsafe-session-or-cache-serializer
SERIALIZERS = ["PickleSerializer"]
