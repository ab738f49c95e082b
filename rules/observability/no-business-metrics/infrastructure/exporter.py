# ok: no-business-metrics
from prometheus_client import Gauge, start_http_server

start_http_server(9100)
