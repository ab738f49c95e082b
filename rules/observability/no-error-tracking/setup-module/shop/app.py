import sentry_sdk
from flask import Flask

from shop.pages.orders import pages

sentry_sdk.init()
# pass: no-error-tracking
app = Flask(__name__)
app.register_blueprint(pages)
