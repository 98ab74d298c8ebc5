# SPDX-License-Identifier: Apache-2.0
"""A test's own world on the server: its rules, its journal, its clock."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .clock import Clock
from .control import AwryError, Control, refusal
from .report import request_line, verdict

REGION = "us-east-1"
PACK = "pack:"


@dataclass(frozen=True)
class Call:
    """What the program asked its SDK for once: one or more requests, its attempts, as the journal has them."""

    service: str
    operation: str
    requests: "tuple[dict, ...]"

    @property
    def attempts(self) -> int:
        """How many requests it took."""
        return len(self.requests)

    @property
    def gaps(self) -> "list[float]":
        """Seconds between one attempt's arrival and the next one's."""
        times = [request["monotonic"] for request in self.requests]
        return [(later - earlier) / 1e9 for earlier, later in zip(times, times[1:])]

    @property
    def ends(self) -> "str | None":
        """What the last attempt got: `success`, an error's code, or `connection`; None while it is under way."""
        last = self.requests[-1]
        if last["delivered"] is None:
            return None
        if last["delivered"] != "whole" or last["status"] is None:
            return "connection"
        return last["error"] or ("success" if last["status"] < 400 else str(last["status"]))


class Sandbox:
    """What the fixture `awry` gives to a test."""

    def __init__(self, endpoint: str, name: str, folder: "Path | None" = None):
        """The sandbox of this name; the paths of scenarios are read from `folder`, then from the working directory."""
        self.server = endpoint.rstrip("/")
        self.name = name
        self.control = Control(endpoint, name)
        self.clock = Clock(self.control)
        self._folder = folder or Path()
        self._sources: "list[str]" = []

    def __repr__(self) -> str:
        return f"<awry sandbox {self.name} at {self.server}>"

    # Where clients go

    @property
    def endpoint(self) -> str:
        """The endpoint URL of this sandbox. It names the sandbox in its path, which also holds for unsigned calls."""
        return f"{self.server}/_sandbox/{self.name}"

    @property
    def access_key(self) -> str:
        """An access key id that stands for this sandbox, for clients that cannot have a path in their endpoint."""
        return f"sandbox.{self.name}"

    @property
    def client_config(self) -> "dict[str, str]":
        """Arguments of `boto3.client` and `boto3.resource`."""
        return {
            "endpoint_url": self.endpoint,
            "region_name": REGION,
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": "test",
        }

    @property
    def env(self) -> "dict[str, str]":
        """Variables for a program under test, in any language; the fixture sets them for the test itself as well."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            # What a developer's own files say must not change a test, nor lend it real credentials.
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            **self._past_proxies,
            **self.control.demand("GET", "env"),
        }

    @property
    def _past_proxies(self) -> "dict[str, str]":
        """Proxies are for the world outside; where there is one, this server is excepted, in both spellings."""
        if not any(name.lower() in ("http_proxy", "https_proxy", "all_proxy") for name in os.environ):
            return {}
        excepted = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
        hosts = ",".join(filter(None, [excepted, urlsplit(self.server).hostname]))
        return {"NO_PROXY": hosts, "no_proxy": hosts}

    # What goes wrong

    def fail(self, match, error, **rule) -> str:
        """Lets what matches fail: `fail("kinesis.PutRecord", "LimitExceededException", times=2, retry_after=1)`.

        `match` and `error` are written as in a scenario, and so is everything else that a rule may hold; a name of
        several words may be spelt `retry_after`. The newest rule is asked first. Gives the rule's id.
        """
        return self.rule(match=match, error=error, **rule)

    def respond(self, match, output=None, **rule) -> str:
        """Lets what matches succeed with these output members. Gives the rule's id."""
        return self.rule(match=match, respond=output or {}, **rule)

    def rule(self, **rule) -> str:
        """Adds any rule of the scenario language; it is asked before all others. Gives its id."""
        return self.rules({camel(name): value for name, value in rule.items()})[0]

    def rules(self, *rules: dict) -> "list[str]":
        """Adds rules written as in a scenario, the first given asked first. Gives their ids."""
        return self.control.demand("POST", "rules", list(rules))["ids"]

    def load(self, scenario: "str | os.PathLike | dict") -> dict:
        """Loads a scenario for this test: a path (from the test file), YAML text, a mapping, or `pack:NAME`."""
        source, body = "<text>", scenario
        is_text = isinstance(scenario, str) and "\n" in scenario
        if isinstance(scenario, str) and scenario.startswith(PACK):
            source, body = scenario, self.control.text(f"packs/{scenario[len(PACK) :]}")
        elif isinstance(scenario, os.PathLike) or isinstance(scenario, str) and not is_text:
            path = self._folder / scenario
            path = path if path.exists() else Path(scenario)
            source, body = str(path), path.read_text(encoding="utf-8")
        loaded = self.control.demand("PUT", "scenarios", body, source)
        self._sources.append(source)
        return loaded

    # What the client did

    def requests(self, match: str = "", **filters) -> "list[dict]":
        """The journal, oldest first: `requests("kinesis.PutRecord", status=400, wait="2s", count=3)`."""
        service, _, operation = match.partition(".")
        wanted = {"service": service or None, "operation": operation or None, **filters}
        return self.control.demand("GET", "requests", **wanted)["requests"]

    def calls(self, match: str = "", **filters) -> "list[Call]":
        """The same by logical call, in the order of their first attempts."""
        grouped: "dict[str, list[dict]]" = {}
        for request in self.requests(match, **filters):
            grouped.setdefault(request["call"], []).append(request)
        return [Call(each[0]["service"], each[0]["operation"], tuple(each)) for each in grouped.values()]

    def verify(self, *expect: dict) -> dict:
        """Judges these expectations, or without any those of the loaded scenarios.

        Gives the server's report; one that does not hold is an AssertionError that tells it.
        """
        __tracebackhide__ = True
        status, report = self.control.send("POST", "verify", {"expect": list(expect)} if expect else None)
        if status == 409:
            # The server knows no name of a text that came over the network; where there was one, it is meant.
            is_only = len(self._sources) == 1 and not expect
            raise AssertionError(verdict(report, self._sources[0] if is_only else None))
        if status >= 300:
            # A mistake in an expectation: told with its place, as every refusal is.
            self.control.demand("POST", "verify", {"expect": list(expect)}, "<expect>")
        return report

    @property
    def journal(self) -> str:
        """The requests so far, a line each, for people."""
        lines = [request_line(request) for request in self.requests()]
        return "\n".join(["requests seen:", *(f"  {line}" for line in lines or ["none"])])

    def explain(self, request: "str | None" = None) -> dict:
        """Why each rule did or did not take a request, the last one unless its id is given."""
        return self.control.demand("GET", "explain", request=request)

    def reset(self, **parts: bool) -> None:
        """Takes the sandbox back to its beginning, or all but the parts set to False: state, rules, journal, clock."""
        self.control.demand("POST", "reset", parts)

    def drop(self) -> None:
        """Ends the sandbox: what it held is gone. The server may have ended it before, to have room for others."""
        status, answer = self.control.send("DELETE", f"sandboxes/{self.name}")
        if status >= 300 and status != 404:
            raise AwryError(refusal(status, answer, ""))


def camel(name: str) -> str:
    """`retry_after` as the language spells it: `retryAfter`."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
