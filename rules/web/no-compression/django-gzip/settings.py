MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", "django.middleware.common.CommonMiddleware"]
