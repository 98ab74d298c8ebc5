# SPDX-License-Identifier: Apache-2.0
"""A client of server-sent events, by the letter of WHATWG HTML's "Interpreting an event stream"."""

import http.client
import json
from dataclasses import dataclass


@dataclass
class Event:
    type: str
    id: str
    data: dict


class EventStream:
    """`for event in stream`; comments are counted in `comments`."""

    def __init__(self, address: tuple[str, int], timeout: float = 20, **query):
        self.comments: list[str] = []
        self.connection = http.client.HTTPConnection(*address, timeout=timeout)
        parameters = "&".join(f"{name}={value}" for name, value in query.items())
        self.connection.request("GET", "/_awry/events?" + parameters, headers={"Accept": "text/event-stream"})
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        assert self.answer.headers["Content-Type"] == "text/event-stream"
        self.line()  # the comment that says that the server listens
        self.line()

    def line(self) -> str:
        assert len(self.comments) < 20, "nothing but heartbeats"
        line = self.answer.readline().decode()
        if not line:
            raise EOFError
        if line.startswith(":"):
            self.comments.append(line[1:].strip())
        return line.rstrip("\n")

    def __iter__(self):
        return self

    def __next__(self) -> Event:
        fields = {"event": "message", "id": "", "data": ""}
        while True:
            try:
                line = self.line()
            except EOFError:
                raise StopIteration from None
            if not line and fields["data"]:
                return Event(fields["event"], fields["id"], json.loads(fields["data"]))
            name, colon, value = line.partition(":")
            if name in fields:
                fields[name] = value.removeprefix(" ")

    def until(self, kind: str) -> Event:
        return next(event for event in self if event.type == kind)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Both hold the socket.
        self.answer.close()
        self.connection.close()
