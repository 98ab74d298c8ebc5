# SPDX-License-Identifier: Apache-2.0
"""Bytes over a socket, for what no client of a library would send."""

import socket
import ssl
from dataclasses import dataclass


@dataclass
class Answer:
    """One HTTP answer as it came."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Secure:
    """A socket's part that `Wire` uses, over TLS. Python's own hides whether a connection was reset."""

    def __init__(self, plain: socket.socket, context: ssl.SSLContext, name: str):
        self.plain = plain
        self.came, self.goes = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.session = context.wrap_bio(self.came, self.goes, server_hostname=name)
        self.settimeout, self.setblocking, self.close = plain.settimeout, plain.setblocking, plain.close
        self.repeat(self.session.do_handshake)
        self.flush()

    def repeat(self, action):
        """Does it as soon as enough has come."""
        while True:
            try:
                return action()
            except ssl.SSLWantReadError:
                self.flush()
                if piece := self.plain.recv(65536):
                    self.came.write(piece)
                else:
                    self.came.write_eof()

    def flush(self) -> None:
        if self.goes.pending:
            self.plain.sendall(self.goes.read())

    def sendall(self, data: bytes) -> None:
        self.session.write(data)
        self.flush()

    def recv(self, size: int) -> bytes:
        """Empty when the server has said that it sends no more; a mere end of the connection is an SSLEOFError."""
        try:
            return self.repeat(lambda: self.session.read(size))
        except ssl.SSLZeroReturnError:
            return b""


class Wire:
    """A connection that sends what it is told and reads answers one by one."""

    def __init__(self, address, timeout: float = 10, tls=None, name: str = "localhost"):
        """With an SSL context `tls`, over TLS with a server of that name."""
        self.socket = socket.create_connection(address, timeout=timeout)
        if tls is not None:
            self.secure(tls, name)
        self.rest = b""

    def secure(self, tls, name: str) -> None:
        """Goes on over TLS, with a server of that name."""
        self.socket = Secure(self.socket, tls, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data: bytes | str) -> None:
        self.socket.sendall(data.encode() if isinstance(data, str) else data)

    def until(self, mark: bytes) -> bytes:
        while mark not in self.rest:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError(f"closed after {self.rest!r}")
            self.rest += piece
        found, self.rest = self.rest.split(mark, 1)
        return found

    def exactly(self, count: int) -> bytes:
        while len(self.rest) < count:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError(f"closed after {len(self.rest)} of {count} bytes")
            self.rest += piece
        found, self.rest = self.rest[:count], self.rest[count:]
        return found

    def answer(self, to_head: bool = False) -> Answer:
        """The next answer; a HEAD's has no body whatever its Content-Length says."""
        lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        _, status, reason = (lines[0] + " ").split(" ", 2)
        headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:]]
        answer = Answer(int(status), reason.strip(), headers, b"")
        if to_head or answer.status in (204, 304) or answer.status < 200:
            return answer
        if (answer.header("transfer-encoding") or "").lower() == "chunked":
            answer.body = self.chunked()
        elif answer.header("content-length") is not None:
            answer.body = self.exactly(int(answer.header("content-length")))
        else:
            answer.body = self.to_end()
        return answer

    def chunked(self) -> bytes:
        body = b""
        while size := int(self.until(b"\r\n").split(b";")[0], 16):
            body += self.exactly(size)
            assert self.exactly(2) == b"\r\n"
        while self.until(b"\r\n"):
            pass
        return body

    def to_end(self) -> bytes:
        """All that comes until the other side closes."""
        pieces = [self.rest]
        self.rest = b""
        try:
            while piece := self.socket.recv(65536):
                pieces.append(piece)
        except ConnectionResetError:
            pass
        return b"".join(pieces)


def exchange(address, data: bytes | str, to_head: bool = False) -> Answer:
    """Sends one request on a connection of its own and reads the answer."""
    with Wire(address) as wire:
        wire.send(data)
        return wire.answer(to_head)


def awsjson(target: str, body: bytes | str = b"{}", version: str = "1.1", extra: str = "") -> bytes:
    """An unsigned AWS JSON request; the service is told by its target."""
    data = body.encode() if isinstance(body, str) else body
    head = (
        f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {target}\r\n"
        f"Content-Type: application/x-amz-json-{version}\r\nContent-Length: {len(data)}\r\n{extra}\r\n"
    )
    return head.encode() + data


KINESIS = "Kinesis_20131202."
SCOPE = (
    "Authorization: AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/{}/aws4_request, "
    "SignedHeaders=host, Signature=0\r\n"
)
