# A page of the shop, not a manifest.
from flask import Blueprint

setup = Blueprint("setup", __name__)
