# SPDX-License-Identifier: Apache-2.0
"""The control interface, as a test speaks to it."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

# Where the clocks of most tests stand.
EPOCH = "2026-03-01T12:00:00Z"


class Control:
    """`/_awry/…` of one server and one sandbox."""

    def __init__(self, endpoint: str, sandbox: str = "default"):
        self.endpoint = endpoint
        self.sandbox = sandbox

    def call(self, method: str, path: str, body=None, **query) -> tuple[int, dict]:
        """Status and JSON of a call; a body that is not text goes as JSON."""
        query["sandbox"] = self.sandbox
        url = f"{self.endpoint}/_awry/{path}?{urllib.parse.urlencode(query)}"
        if body is None:
            data = None
        elif isinstance(body, (str, bytes)):
            data = body.encode() if isinstance(body, str) else body
        else:
            data = json.dumps(body).encode()
        kind = "application/json" if not isinstance(body, (str, bytes)) else "application/yaml"
        request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, decoded(answer.read())
        except urllib.error.HTTPError as refusal:
            return refusal.code, decoded(refusal.read())

    def demand(self, method: str, path: str, body=None, **query) -> dict:
        """The JSON of a call that must succeed."""
        status, answer = self.call(method, path, body, **query)
        assert status < 300, f"{method} {path}: {status} {json.dumps(answer, indent=1)}"
        return answer

    def load(self, scenario: str | dict | Path) -> str:
        """Loads a scenario: a mapping, YAML text or a file. Gives its name."""
        if isinstance(scenario, Path):
            scenario = scenario.read_text()
        is_text = isinstance(scenario, str)
        name = re.search(r"^scenario: *(\S+)", scenario, re.M)[1] if is_text else scenario["scenario"]
        self.demand("PUT", f"scenarios/{name}", scenario)
        return name

    def unload(self, name: str) -> None:
        self.demand("DELETE", f"scenarios/{name}")

    def rules(self, *rules: dict) -> None:
        """Posts ad hoc rules; the first given is asked first."""
        self.demand("POST", "rules", list(rules))

    def freeze(self, moment: str = EPOCH) -> dict:
        """Sets the sandbox's clock and stops it."""
        return self.demand("POST", "clock", {"set": moment, "freeze": True})

    def advance(self, span: float | str) -> dict:
        """Moves the sandbox's clock on by so many seconds, or by a duration."""
        return self.demand("POST", "clock", {"advance": span})

    def queues(self, *names: str) -> None:
        """Makes SQS queues without a trace in the journal."""
        self.load({"scenario": "queues", "setup": [{"sqs.CreateQueue": {"QueueName": name}} for name in names]})

    def buckets(self, *names: str, objects: dict[str, str] | None = None) -> None:
        """Makes S3 buckets, and objects in the first of them, without a trace in the journal."""
        setup = [{"s3.CreateBucket": {"Bucket": name}} for name in names]
        for key, text in (objects or {}).items():
            setup.append({"s3.PutObject": {"Bucket": names[0], "Key": key, "Body": text}})
        self.load({"scenario": "buckets", "setup": setup})

    def streams(self, *names: str, shards: int = 1) -> None:
        """Makes Kinesis streams without a trace in the journal."""
        calls = [{"kinesis.CreateStream": {"StreamName": name, "ShardCount": shards}} for name in names]
        self.load({"scenario": "streams", "setup": calls})

    def reset(self) -> None:
        self.demand("POST", "reset", {})

    def clear(self) -> None:
        """Removes what a test loaded, and resets the rest."""
        for name in self.scenarios():
            self.unload(name)
        self.reset()

    def scenarios(self) -> list[str]:
        return [entry["scenario"] for entry in self.demand("GET", "scenarios")["scenarios"]]

    def requests(self, **query) -> list[dict]:
        """The journal, newest last."""
        return self.demand("GET", "requests", None, **query)["requests"]

    def verify(self, *expect: dict) -> tuple[int, dict]:
        """Judges these expectations, or the loaded scenarios' own."""
        return self.call("POST", "verify", {"expect": list(expect)} if expect else None)

    def assert_verified(self, *expect: dict) -> None:
        status, report = self.verify(*expect)
        assert status == 200, json.dumps(report, indent=1)


def decoded(body: bytes) -> dict:
    try:
        return json.loads(body) if body else {}
    except ValueError:
        return {"text": body.decode("utf-8", "replace")}
