import ssl
from ssl import PROTOCOL_TLSv1_1

from OpenSSL import SSL

# ruleid: tls-version-weak
OLD = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
# ruleid: tls-version-weak
OLDER = ssl.SSLContext(PROTOCOL_TLSv1_1)
# ruleid: tls-version-weak
BARE = SSL.Context(SSL.SSLv3_METHOD)


def lowered():
    context = ssl.create_default_context()
    # ruleid: tls-version-weak
    context.minimum_version = ssl.TLSVersion.TLSv1
    return context


def wrapped(socket):
    # ruleid: tls-version-weak
    return ssl.wrap_socket(socket)


def fixed(socket):
    # ok: tls-version-weak
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # ok: tls-version-weak
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # ok: tls-version-weak
    context.options |= ssl.OP_NO_TLSv1
    # ok: tls-version-weak
    return context.wrap_socket(socket)
