import logging
import sys
from logging.handlers import RotatingFileHandler

from loguru import logger

# ruleid: log-files-not-rotated
handler = logging.FileHandler("app.log")
# ruleid: log-files-not-rotated
logging.basicConfig(filename="service.log", level=logging.INFO)
# ruleid: log-files-not-rotated
logger.add("debug.log")
# pass: log-files-not-rotated
rotating = RotatingFileHandler("app.log", maxBytes=10_000_000, backupCount=3)
# pass: log-files-not-rotated
logger.add("info.log", rotation="10 MB")
# ok: log-files-not-rotated
stream = logging.StreamHandler(sys.stdout)
# ok: log-files-not-rotated
logger.add(sys.stderr)
