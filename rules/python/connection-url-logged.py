import logging

logger = logging.getLogger(__name__)


def connect(settings):
    # ruleid: connection-url-logged
    logger.info(f"Connecting to {settings.database_url}")
    # ruleid: connection-url-logged
    logger.warning("Database URL was: %s", DATABASE_URL)
    # ruleid: connection-url-logged
    logger.warning(f"URL was {settings.database.url if settings else 'N/A'}")
    # ok: connection-url-logged
    logger.info(f"Connecting to {mask(settings.database_url)}")
    # ok: connection-url-logged
    logger.info(f"Connecting to {safe_database_url}")
    # ok: connection-url-logged
    logger.info(f"{settings.api_url} answers")
