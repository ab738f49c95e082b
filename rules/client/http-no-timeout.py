import urllib.request
from urllib.request import urlopen

import aiohttp
import httpx
import requests
from requests import get


def fetch(url, data):
    # ruleid: http-no-timeout
    requests.get(url)
    # ruleid: http-no-timeout
    get(url, headers={})
    # ruleid: http-no-timeout
    requests.post(url, json=data, timeout=None)
    session = requests.Session()
    # ruleid: http-no-timeout
    session.get(url)
    # ruleid: http-no-timeout
    httpx.Client(timeout=None)
    # ruleid: http-no-timeout
    urlopen(url)
    with requests.Session() as other:
        # ruleid: http-no-timeout
        other.post(url, json=data)


def fixed(url, data, options, client):
    # ok: http-no-timeout
    requests.get(url, timeout=5)
    # ok: http-no-timeout
    requests.request("GET", url, **options)
    # ok: http-no-timeout
    httpx.get(url)
    # ok: http-no-timeout
    aiohttp.ClientTimeout(total=None, sock_read=60)
    # ok: http-no-timeout
    urllib.request.urlopen(url, timeout=5)
    # ok: http-no-timeout
    client.get(url)
    # ok: http-no-timeout
    requests.codes.get("ok")
    bounded = requests.Session()
    bounded.mount("https://", TimeoutAdapter(5))
    # ok: http-no-timeout
    return bounded.get(url)


def stored(requests, key):
    # ok: http-no-timeout
    return requests.pop(key)
