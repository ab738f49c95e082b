import os
import ssl

import aiohttp
import httpx
import jwt
import redis
import requests
from elasticsearch import Elasticsearch
from requests import get

from config import settings

# ruleid: tls-verification-disabled
VERIFY = os.getenv("UPSTREAM_TLS_VERIFY", "false").lower() == "true"


def call(url, session: requests.Session):
    # ruleid: tls-verification-disabled
    requests.post(url, json={}, verify=False)
    # ruleid: tls-verification-disabled
    get(url, verify=False, timeout=5)
    # ruleid: tls-verification-disabled
    session.get(url, verify=False)
    # ruleid: tls-verification-disabled
    httpx.AsyncClient(verify=False)
    # ruleid: tls-verification-disabled
    Elasticsearch([url], verify_certs=False)
    # ruleid: tls-verification-disabled
    redis.Redis(host="cache", ssl=True, ssl_cert_reqs="none")


async def fetch(client: aiohttp.ClientSession, url):
    # ruleid: tls-verification-disabled
    await client.get(url, ssl=False)
    # ruleid: tls-verification-disabled
    aiohttp.TCPConnector(ssl=False)


def context():
    # ruleid: tls-verification-disabled
    loose = ssl._create_unverified_context()
    made = ssl.create_default_context()
    # ok: tls-verification-disabled
    made.check_hostname = False
    # ruleid: tls-verification-disabled
    made.verify_mode = ssl.CERT_NONE
    named = ssl.create_default_context()
    # ruleid: tls-verification-disabled
    named.check_hostname = False
    return loose, made, named


def fixed(url, session, token, key):
    # ok: tls-verification-disabled
    requests.get(url, verify=settings.tls_verify)
    # ok: tls-verification-disabled
    requests.get(url, verify="/etc/ssl/internal-ca.pem")
    # ok: tls-verification-disabled
    requests.get("http://localhost:9200/_health", verify=False)
    # ok: tls-verification-disabled
    redis.Redis(host="cache", ssl=False)
    # ok: tls-verification-disabled
    os.getenv("UPSTREAM_TLS_VERIFY", "true")
    # ok: tls-verification-disabled
    os.getenv("REDIS_INSECURE_SKIP_TLS_VERIFY", "False")
    # ok: tls-verification-disabled
    jwt.decode(token, key, verify=False)
    return session
