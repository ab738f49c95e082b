# ok: session-csrf-cookies-insecure
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
