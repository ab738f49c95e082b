ROOT_URLCONF = "shop.urls"
# unknown: debug-true
DEBUG = True
