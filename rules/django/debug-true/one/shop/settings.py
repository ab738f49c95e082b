INSTALLED_APPS = ["django.contrib.admin"]
# ruleid: debug-true
DEBUG = True
