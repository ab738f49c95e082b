import httpx
import requests


def read(url):
    # ruleid: status-ignored
    first = requests.get(url, timeout=5).json()
    response = httpx.get(url)
    # ruleid: status-ignored
    return first, response.json()


def fixed(url):
    response = requests.get(url, timeout=5)
    response.raise_for_status()
    # ok: status-ignored
    return response.json()


def tested(url):
    response = requests.get(url, timeout=5)
    if response.status_code != 200:
        return None
    # ok: status-ignored
    return response.json()


def tested_by_ok(url):
    response = requests.get(url, timeout=5)
    # ok: status-ignored
    return response.json() if response.ok else None


def checked(url):
    response = requests.get(url, timeout=5)
    ensure_success(response)
    # ok: status-ignored
    return response.json()
