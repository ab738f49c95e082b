# ruleid: drf-default-permissions-open
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
}

# ruleid: drf-default-permissions-open
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
}

# ok: drf-default-permissions-open
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
}

# ok: drf-default-permissions-open
FRAMEWORK = {"PAGE_SIZE": 20}
