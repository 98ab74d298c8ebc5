# SPDX-License-Identifier: Apache-2.0
"""Every modelled error of every operation of one service: two rules and two calls of botocore's for each, by name
alone and with message and members, and what is wrong of the answers.

A header that a user's client would not send picks the rule, so that all of a service's are loaded at once.
"""

from collections.abc import Iterable
from http.client import responses

from botocore.exceptions import ClientError
from botocore.model import OperationModel

from . import clients, members
from .control import Control
from .model import UNMODELLED, ErrorFacts, Pair, pairs, service_model
from .params import least_input

HEADER = "x-pair"
CONTENT_TYPES = {"query": "text/xml", "ec2": "text/xml", "rest-xml": "text/xml", "rest-json": "application/json"}


class Wrong(Exception):
    """What differs from the model."""


def want(what: str, found, expected) -> None:
    if found != expected:
        raise Wrong(f"{what}: {found!r} instead of {expected!r}")


class Sweep:
    """One service's rules, loaded, and a client that asks for one of them at a time."""

    def __init__(self, endpoint: str, service: str, pairs: Iterable[Pair]):
        self.service = service
        self.model = service_model(service)
        self.protocol = self.model.resolved_protocol
        self.is_xml = self.protocol in ("query", "rest-xml")
        self.pairs = list(pairs)
        self.chosen = ""
        self.client = clients.client(endpoint, service, inject_host_prefix=False)
        self.client.meta.events.register("before-call", self.choose)
        self.methods = {name: clients.method(self.client, name) for name in self.model.operation_names}
        self.control = Control(endpoint)
        self.content_type = self.kind_of_body()
        rules = [rule for index, pair in enumerate(self.pairs) for rule in self.rules(index, pair)]
        self.scenario = self.control.load({"scenario": f"sweep-{service}", "rules": rules})

    def close(self) -> None:
        self.control.unload(self.scenario)
        self.client.close()

    def kind_of_body(self) -> str:
        if self.service == "s3":
            return "application/xml"
        return CONTENT_TYPES.get(self.protocol) or f"application/x-amz-json-{self.model.metadata['jsonVersion']}"

    def rules(self, index: int, pair: Pair) -> Iterable[dict]:
        match = {"service": pair.service, "operation": pair.operation}
        yield {"match": match | {"headers": {HEADER: f"{index}-usual"}}, "error": pair.shape}
        error = {"code": pair.shape, "message": message(pair)}
        if pair.is_modelled:
            fields = {name: written for name, (written, _) in members.told(pair.error.model, self.is_xml).items()}
            if fields:
                error["fields"] = fields
        yield {"match": match | {"headers": {HEADER: f"{index}-told"}}, "error": error}

    def choose(self, params, **_):
        params["headers"][HEADER] = self.chosen

    def judge(self) -> Iterable[tuple[Pair, str | None]]:
        """Each pair with what is wrong, or None."""
        for index, pair in enumerate(self.pairs):
            try:
                for kind in ("usual", "told"):
                    self.chosen = f"{index}-{kind}"
                    self.check(pair, self.raised(pair.operation), is_told=kind == "told")
            except Wrong as wrong:
                yield pair, str(wrong)
            except Exception as other:  # noqa: BLE001: whatever botocore raises is a finding
                yield pair, f"{type(other).__name__}: {other}"
            else:
                yield pair, None

    def raised(self, operation: str) -> ClientError:
        try:
            answer = self.methods[operation](**least_input(self.model.operation_model(operation)))
        except ClientError as error:
            return error
        raise Wrong(f"no error, but {str(answer)[:200]}")

    def check(self, pair: Pair, error: ClientError, is_told: bool) -> None:
        answer, expected = error.response, pair.error
        metadata = answer["ResponseMetadata"]
        want("status", metadata["HTTPStatusCode"], expected.status)
        want("operation", error.operation_name, pair.operation)
        operation = self.model.operation_model(pair.operation)
        if operation.http.get("method") == "HEAD":
            self.check_head(error, expected, operation)
            return
        said = answer["Error"]
        want("code", said["Code"], expected.code)
        if is_told:
            want("message", said["Message"], message(pair))
        elif not said["Message"] or "${" in said["Message"]:
            raise Wrong(f"the usual message is {said['Message']!r}")
        want("content type", metadata["HTTPHeaders"]["content-type"].split(";")[0], self.content_type)
        if not metadata.get("RequestId"):
            raise Wrong("no request id")
        if not metadata["HTTPHeaders"]["date"].endswith(" GMT"):
            raise Wrong("no date")
        if self.is_xml and self.service != "s3":
            want("type", said["Type"], "Receiver" if expected.status >= 500 or expected.is_fault else "Sender")
        if self.model.is_query_compatible and pair.is_modelled:
            want("shape", said["QueryErrorCode"], expected.shape)
        if not pair.is_modelled:
            return
        want("class", type(error), getattr(self.client.exceptions, expected.shape))
        # botocore finds the shape by the code; SQS's query codes are no shape's.
        if is_told and self.model.shape_for_error_code(expected.code):
            self.check_members(pair, answer)

    def check_members(self, pair: Pair, answer: dict) -> None:
        for name, (_, value) in members.told(pair.error.model, self.is_xml).items():
            want(name, answer.get(name), value)
            if self.service == "s3":
                want(name, answer["Error"].get(name), value)
        for name in pair.error.model.members:
            if members.is_message(name):
                # XML has it as `Message`, of which botocore makes no member `message`.
                if self.is_xml and name == "message":
                    continue
                want(name, answer.get(name), message(pair))
            elif members.is_code(pair.error.model, name, self.is_xml):
                want(name, answer.get(name), pair.error.code)

    def check_head(self, error: ClientError, expected: ErrorFacts, operation: OperationModel) -> None:
        """An answer to HEAD has no body: a header has the code in rest-json, else only the status tells it."""
        said = error.response["Error"]
        if self.protocol == "rest-json" and expected.status < 500:
            want("code", said["Code"], expected.code)
            want("class", type(error), getattr(self.client.exceptions, expected.shape))
        else:
            want("code", said["Code"], str(expected.status))
            want("message", said["Message"], responses.get(expected.status, ""))
            want("class", type(error), ClientError)


def message(pair: Pair) -> str:
    return f"{pair.shape} & <told>: é"


def all_of(service: str) -> list[Pair]:
    """The pairs that botocore models; for a service without any, the common errors of each operation."""
    names = service_model(service).operation_names
    return pairs(service) or [Pair(service, name, code) for name in names for code in UNMODELLED[service]]
