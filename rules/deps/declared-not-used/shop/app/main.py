import httpx
from slugify import slugify

INSTALLED_APPS = ["crispy_forms", "app"]


def name(text):
    return slugify(httpx.get(text).text)
