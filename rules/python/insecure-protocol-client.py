import ftplib
import logging.config
import smtplib
import telnetlib
from xmlrpc.client import ServerProxy

import paramiko


def transfer(host, user, password):
    # ruleid: insecure-protocol-client
    with ftplib.FTP(host) as ftp:
        ftp.login(user, password)
    # ruleid: insecure-protocol-client
    telnetlib.Telnet(host)
    client = paramiko.SSHClient()
    # ruleid: insecure-protocol-client
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    # ruleid: insecure-protocol-client
    ServerProxy("http://stock.example.com/rpc")
    # ruleid: insecure-protocol-client
    logging.config.listen(9030)


def mail(host, user, password):
    server = smtplib.SMTP(host, 587)
    # ruleid: insecure-protocol-client
    server.login(user, password)


def fixed(host, user, password, tls):
    # ok: insecure-protocol-client
    ftplib.FTP_TLS(host)
    # ok: insecure-protocol-client
    telnetlib.Telnet("localhost", 4200)
    # ok: insecure-protocol-client
    ServerProxy("http://localhost:8000/rpc")
    client = paramiko.SSHClient()
    # ok: insecure-protocol-client
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    with smtplib.SMTP(host, 587) as server:
        server.starttls()
        # ok: insecure-protocol-client
        server.login(user, password)
    secure = smtplib.SMTP_SSL(host)
    # ok: insecure-protocol-client
    secure.login(user, password)
    other = smtplib.SMTP(host)
    if tls:
        other.starttls()
    # ok: insecure-protocol-client
    other.login(user, password)
