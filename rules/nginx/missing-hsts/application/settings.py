SECURE_HSTS_SECONDS = 31536000
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
