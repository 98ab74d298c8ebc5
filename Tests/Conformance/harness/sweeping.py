# SPDX-License-Identifier: Apache-2.0
"""Every operation through botocore: what a scenario answers, what a stub answers, and what the server took the request
for."""

import warnings
from collections import Counter
from dataclasses import dataclass, field

from botocore.model import OperationModel

from . import clients
from .comparing import Kept, differences, received
from .control import Control
from .exceptions import adjusted, explanation
from .model import service_model
from .params import least_input
from .values import InputMaker, OutputMaker, as_scenario

# How many operations one load of rules and one look at the journal are for.
BATCH = 60
KINDS = ("outputs", "stubs", "identified", "params")
# Their fakes answer what no rule does, by what they hold: they have tests of their own.
FAKED = ("cognito-identity", "cognito-idp", "iam", "kinesis", "s3", "sqs", "sts")


@dataclass(frozen=True)
class Finding:
    """What one check of one operation found; nothing where all was right."""

    kind: str
    protocol: str
    operation: str
    wrong: str
    # Why it is so, where that is botocore's doing.
    reason: str | None = None

    @property
    def is_explained(self) -> bool:
        return bool(self.wrong and self.reason)

    @property
    def is_mistake(self) -> bool:
        return bool(self.wrong and not self.reason)


@dataclass
class Turn:
    """One operation's two calls, as far as they came."""

    model: OperationModel
    output: dict
    sent: dict = field(default_factory=dict)
    answer: dict | None = None
    stub: dict | None = None
    failure: str = ""
    stub_failure: str = ""

    @property
    def label(self) -> str:
        return f"{self.model.service_model.service_name}.{self.model.name}"


class Sweep:
    """One service's operations against one server."""

    def __init__(self, endpoint: str, service: str):
        self.service = service
        self.model = service_model(service)
        self.protocol = self.model.resolved_protocol
        self.control = Control(endpoint)
        self.client = clients.client(
            endpoint, service, inject_host_prefix=False, response_checksum_validation="when_required"
        )
        self.counts: Counter = Counter()
        self.turn: Turn | None = None
        self.suffix = ""
        events = self.client.meta.events
        events.register_last("before-parameter-build", self.keep)
        events.register_last("request-created", self.mark)

    def keep(self, params, **_):
        """What botocore's own changes to the parameters have left."""
        self.turn.sent[self.suffix] = params

    def mark(self, request, **_):
        request.headers["User-Agent"] = f"{self.turn.label}/{self.suffix}"
        if self.turn.model.has_event_stream_input:
            # botocore writes JSON, having no words for events: no event is at least no wrong one.
            request.data = b""

    def run(self, operations: list[str]) -> list[Finding]:
        """The findings of these operations, four each."""
        found = []
        for start in range(0, len(operations), BATCH):
            found += self.run_batch(operations[start : start + BATCH])
        return found

    def run_batch(self, operations: list[str]) -> list[Finding]:
        turns = []
        for name in operations:
            model = self.model.operation_model(name)
            shape = model.output_shape
            maker = OutputMaker(model)
            turns.append(Turn(model, maker.structure(shape) if shape else {}))
            self.counts["output values"] += maker.made
        # Before any rule names the service, so that nothing but the request says what it is.
        for turn in turns:
            turn.stub, turn.stub_failure = self.call(turn, "stub", least_input)
        self.control.rules(*(self.rule(turn) for turn in turns))
        for turn in turns:
            turn.answer, turn.failure = self.call(turn, "told", lambda model: InputMaker(model).whole())
        entries = {entry["userAgent"]: entry for entry in self.control.requests()}
        self.control.reset()
        return [finding for turn in turns for finding in self.judge(turn, entries)]

    def rule(self, turn: Turn) -> dict:
        match = {"service": self.service, "operation": turn.model.name, "userAgent": f"{turn.label}/told"}
        shape = turn.model.output_shape
        return {"match": match, "respond": as_scenario(shape, turn.output) if shape else {}}

    def call(self, turn: Turn, suffix: str, make) -> tuple[dict | None, str]:
        self.turn, self.suffix = turn, suffix
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                return received(clients.method(self.client, turn.model.name)(**make(turn.model))), ""
        except Exception as error:
            return None, f"{type(error).__name__}: {error}"

    def judge(self, turn: Turn, entries: dict) -> list[Finding]:
        wrong = {
            "outputs": turn.failure or "; ".join(self.unlike(turn)),
            "stubs": turn.stub_failure or "; ".join(self.lacks(turn)),
            "params": self.params(turn, entries),
        }
        found = [self.identified(turn, entries)]
        for kind, text in wrong.items():
            if kind == "stubs" and self.service in FAKED:
                continue
            reason = explanation(turn.label, kind, text)
            if kind == "stubs" and turn.stub_failure:
                # Taken for another service's operation, it has met that one's validation.
                reason = reason or found[0].reason
            found.append(Finding(kind, self.protocol, turn.label, text, reason))
        return found

    def unlike(self, turn: Turn) -> list[str]:
        got = {name: value for name, value in turn.answer.items() if name != "ResponseMetadata"}
        # A length is the body's own; the other is botocore's own copy of what `Expires` says.
        for name in {"ContentLength", "ExpiresString"} - turn.output.keys():
            got.pop(name, None)
        shape = turn.model.output_shape
        for name, member in shape.members.items() if shape else ():
            # A map of all headers, whatever they begin with, has more than what was told.
            if member.serialization.get("location") == "headers" and not member.serialization.get("name"):
                got[name] = {key: value for key, value in got[name].items() if key in turn.output[name]}
        return differences(turn.output, got)

    def lacks(self, turn: Turn) -> list[str]:
        metadata = turn.stub["ResponseMetadata"]
        found = [] if metadata["HTTPStatusCode"] < 300 else [f"status {metadata['HTTPStatusCode']}"]
        if not metadata.get("RequestId"):
            found.append("no request id")
        shape = turn.model.output_shape
        return found + (missing(shape, turn.stub) if shape else [])

    def identified(self, turn: Turn, entries: dict) -> Finding:
        """What the requests were taken for; another operation is right where the log says that it could be this one,
        and no rule names it."""
        wrong, reason = [], None
        for suffix in ("stub", "told"):
            entry = entries.get(f"{turn.label}/{suffix}")
            taken = operation(entry)
            if taken != turn.label:
                wrong.append(f"taken for {taken}")
                if suffix == "stub" and turn.label in ((entry or {}).get("note") or ""):
                    reason = "shares its request with another service's, and the log says so"
        text = "; ".join(wrong)
        if len(wrong) != 1 or reason is None:
            reason = explanation(turn.label, "identified", text)
        return Finding("identified", self.protocol, turn.label, text, reason)

    def params(self, turn: Turn, entries: dict) -> str:
        found = []
        for suffix in ("told", "stub"):
            entry = entries.get(f"{turn.label}/{suffix}")
            if suffix == "stub" and operation(entry) != turn.label:
                continue
            if not entry:
                found.append("no request came")
            elif entry["params"] is None:
                found.append("not decoded")
            elif turn.model.input_shape:
                sent, kept = adjusted(turn.model, turn.sent[suffix], entry["params"])
                comparison = Kept()
                found += comparison.differences(turn.model.input_shape, sent, kept)
                self.counts["parameters"] += comparison.compared
                self.counts["parameters that the journal does not keep"] += comparison.unknown
        return "; ".join(dict.fromkeys(found))


def operation(entry: dict | None) -> str:
    """What a request of the journal was taken for."""
    return f"{entry['service']}.{entry['operation']}" if entry else "nothing: no request came"


def missing(shape, value, path: str = "") -> list[str]:
    """What a shape requires and a value lacks, at any depth."""
    if value is None or getattr(shape, "is_document_type", False):
        return []
    if shape.type_name == "structure" and isinstance(value, dict):
        found = [f"{path}.{name} is required" for name in shape.required_members if name not in value]
        for name, inner in value.items():
            if name in shape.members:
                found += missing(shape.members[name], inner, f"{path}.{name}")
        return found
    if shape.type_name == "list":
        return [text for element in value for text in missing(shape.member, element, f"{path}[]")]
    if shape.type_name == "map":
        return [text for key, inner in value.items() for text in missing(shape.value, inner, f"{path}.{key}")]
    return []


def figures(findings: list[Finding]) -> str:
    """Right of tried for each protocol and kind of check; after a plus, how many botocore's own ways explain."""
    tried, right, explained = Counter(), Counter(), Counter()
    for finding in findings:
        for protocol in (finding.protocol, "all"):
            tried[protocol, finding.kind] += 1
            right[protocol, finding.kind] += not finding.wrong
            explained[protocol, finding.kind] += finding.is_explained
    lines = [f"{'protocol':10}" + "".join(f"{kind:>18}" for kind in KINDS)]
    for protocol in sorted({name for name, _ in tried} - {"all"}) + ["all"]:
        line = f"{protocol:10}"
        for kind in KINDS:
            more = explained[protocol, kind]
            cell = f"{right[protocol, kind]}{f'+{more}' if more else ''}/{tried[protocol, kind]}"
            line += f"{cell:>18}"
        lines.append(line)
    return "\n".join(lines)
