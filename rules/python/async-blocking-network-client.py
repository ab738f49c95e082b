import asyncio
import smtplib
import socket

import aiosmtplib


async def mail(message):
    # ruleid: async-blocking-network-client
    with smtplib.SMTP("mail", 587) as server:
        server.send_message(message)


async def probe(host):
    # ruleid: async-blocking-network-client
    return socket.create_connection((host, 80))


async def fixed(message, host):
    # ok: async-blocking-network-client
    await aiosmtplib.send(message, hostname="mail")
    # ok: async-blocking-network-client
    await asyncio.to_thread(socket.create_connection, (host, 80))

    def send():
        # ok: async-blocking-network-client
        with smtplib.SMTP("mail") as server:
            server.send_message(message)

    await asyncio.to_thread(send)


def plain(message):
    # ok: async-blocking-network-client
    smtplib.SMTP("mail").send_message(message)
