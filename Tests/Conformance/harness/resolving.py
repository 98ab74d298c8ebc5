# SPDX-License-Identifier: Apache-2.0
"""Names below `localhost` are this machine (RFC 6761, 6.3): browsers' resolvers know it, Debian's does not."""

import socket

resolve = socket.getaddrinfo


def getaddrinfo(host, *arguments, **options):
    if isinstance(host, str) and host.endswith(".localhost"):
        host = "127.0.0.1"
    return resolve(host, *arguments, **options)


def know_localhost() -> None:
    socket.getaddrinfo = getaddrinfo
