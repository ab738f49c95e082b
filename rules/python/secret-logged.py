import logging
import os

from app.const import CONF_API_KEY
from app.config import settings

logger = logging.getLogger(__name__)


def login(user, password, request):
    # ruleid: secret-logged
    logger.info("login of %s with %s", user, password)
    # ruleid: secret-logged
    logging.debug(f"user {user.name} has {user.api_key}")
    # ruleid: secret-logged
    print("environment:", os.environ)
    # ruleid: secret-logged
    logger.warning("headers {}".format(request.headers))
    # ruleid: secret-logged
    logger.debug("authorized with " + request.headers["Authorization"])
    # ruleid: secret-logged
    print(settings.model_dump())


def fixed(user, api_key, usage, logger):
    # ok: secret-logged
    logger.info("the password of %s was changed", user)
    # ok: secret-logged
    logger.info("key ends in %s", api_key[-4:])
    # ok: secret-logged
    logger.info("key set: %s", bool(api_key))
    # ok: secret-logged
    logger.info("length %d", len(api_key))
    # ok: secret-logged
    logger.info("prompt_tokens=%d max_tokens=%d", usage.prompt_tokens, usage.max_tokens)
    # ok: secret-logged
    logger.error("no password")
    # ok: secret-logged
    logger.info("environment %s", settings.environment)
    # ok: secret-logged
    logger.info("renamed %s", CONF_API_KEY)
    # ok: secret-logged
    logger.debug("needs authorization: %s", user.need_authorization)
