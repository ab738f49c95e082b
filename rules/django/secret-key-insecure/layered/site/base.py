# unknown: secret-key-insecure
SECRET_KEY = "kgq3h3vvbb6nzfzdbzezsroqa8gvc01gx3cd8z99"
INSTALLED_APPS = ["django.contrib.sessions"]
