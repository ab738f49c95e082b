import logging

import logging_loki

logging.getLogger().addHandler(logging_loki.LokiHandler(url="http://loki:3100/loki/api/v1/push"))
