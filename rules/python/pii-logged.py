import logging

# pass: pii-logged
logger = logging.getLogger(__name__)


def register(user, request):
    # ruleid: pii-logged
    logger.info("registered %s", user.email)
    # ruleid: pii-logged
    logger.warning(f"could not call {user.phone_number}")
    # ok: pii-logged
    logger.info("registered %s", user.id)
    # ok: pii-logged
    logger.debug("registered %s", user.email)
    # ok: pii-logged
    logger.info("email sent")
    # ok: pii-logged
    logger.info("sent %s", mask(user.email))


def sync(permission, group, settings, email, user_email):
    # ok: pii-logged
    logger.warning("Group email %s for folder %s was not found", permission.email_address, group.id)
    # ok: pii-logged
    logger.info("members of %s", group.email)
    # ok: pii-logged
    logger.info("mail leaves as %s", settings.email)
    # ok: pii-logged
    logger.warning("Expected an address of type str, got %r", email)
    # ruleid: pii-logged
    logger.info("Impersonating user %s", user_email)


def answer(prompt, raw_response):
    # ruleid: pii-logged
    logger.info(f"model said: {raw_response}")
    # ok: pii-logged
    logger.info("model said %d characters", len(raw_response))
    # ok: pii-logged
    send(email=prompt)
