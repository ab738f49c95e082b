import os
from urllib.request import urlopen

import httpx
import requests

# ruleid: plain-http-external
WEATHER_URL = "http://api.weather.acme.io/v2"
# ruleid: plain-http-external
MAIL_ENDPOINT = os.getenv("MAIL_ENDPOINT", "http://mail.acme.io/send")
# ok: plain-http-external
SOAP_NAMESPACE_URI = "http://schemas.xmlsoap.org/soap/envelope/"
# ok: plain-http-external
OLLAMA_BASE_URL = os.getenv("OLLAMA_BASE_URL", "http://ollama:11434")
# ok: plain-http-external
CONSUL_URL = "http://consul.service.internal:8500"


def fetch(name):
    # ruleid: plain-http-external
    requests.get("http://ip.acme.io/json", timeout=3)
    # ruleid: plain-http-external
    urlopen("http://feeds.acme.io/rss", timeout=3)
    # ok: plain-http-external
    httpx.get("http://localhost:8000/health")
    # ok: plain-http-external
    requests.get("http://192.168.1.20/status", timeout=3)
    # ok: plain-http-external
    requests.get("https://ip.acme.io/json", timeout=3)
    # ok: plain-http-external
    return name == "http://acme.io"


# ok: plain-http-external
hidden_service_url = "http://ahmiacawquincyw7d4kmsopfi667eqdhuva3sxfpxiqymmojzb6fchad.onion/search"
