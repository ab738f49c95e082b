ROOT_URLCONF = "conf.urls"
ALLOWED_HOSTS = ["shop.test"]
# ruleid: debug-true
DEBUG = True
