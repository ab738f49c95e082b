import httpx
import zxingcpp
from slugify import slugify

INSTALLED_APPS = ["crispy_forms", "app"]


def name(text):
    return zxingcpp.read(slugify(httpx.get(text).text))
