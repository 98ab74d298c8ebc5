# SPDX-License-Identifier: Apache-2.0
"""The control interface of a running server."""

import json
import urllib.error
import urllib.parse
import urllib.request

# The server is this machine's or the test network's own: a proxy for the world outside has no part in it.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class AwryError(Exception):
    """What the server refuses (a rule with a mistake, an unknown call), or why there is no server."""


class Control:
    """`/_awry/…` of one server, for one sandbox."""

    def __init__(self, endpoint: str, sandbox: str = "default"):
        self.endpoint = endpoint.rstrip("/")
        self.sandbox = sandbox

    def send(self, method: str, path: str, body=None, **query) -> "tuple[int, dict]":
        """Status and JSON of a call. A text goes as it is, anything else but None as JSON."""
        query = {"sandbox": self.sandbox, **{name: value for name, value in query.items() if value is not None}}
        url = f"{self.endpoint}/_awry/{path}?{urllib.parse.urlencode(query)}"
        is_text = isinstance(body, str)
        data = None if body is None else (body if is_text else json.dumps(body)).encode()
        kind = "application/yaml" if is_text else "application/json"
        request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": kind})
        try:
            with OPENER.open(request, timeout=660) as answer:
                return answer.status, decoded(answer.read())
        except urllib.error.HTTPError as refusal:
            return refusal.code, decoded(refusal.read())
        except OSError as error:
            raise AwryError(f"no answer from {self.endpoint}: {error}") from error

    def text(self, path: str) -> str:
        """The text of a call that must succeed and gives no JSON."""
        try:
            with OPENER.open(f"{self.endpoint}/_awry/{urllib.parse.quote(path)}", timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise AwryError(refusal(error.code, decoded(error.read()), path)) from error

    def demand(self, method: str, path: str, body=None, source: str = "", **query) -> dict:
        """The JSON of a call that must succeed; `source` is what the body's mistakes are reported in."""
        status, answer = self.send(method, path, body, **query)
        if status >= 300:
            raise AwryError(refusal(status, answer, source))
        return answer


def decoded(body: bytes) -> dict:
    """A body as JSON; one that is none under `error`."""
    try:
        return json.loads(body) if body else {}
    except ValueError:
        return {"error": body.decode("utf-8", "replace")}


def refusal(status: int, answer: dict, source: str) -> str:
    """What the server refused, with the place of each mistake where it names some."""
    mistakes = answer.get("mistakes")
    if not mistakes:
        return f"{status}: {answer.get('error', answer)}"
    where = source or "<rule>"
    return "\n".join(f"{where}:{each['line']}:{each['column']}: {each['message']}" for each in mistakes)
