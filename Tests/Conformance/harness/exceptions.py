# SPDX-License-Identifier: Apache-2.0
"""Where botocore's own ways, not the server's, make an operation differ from its model."""

import re
from dataclasses import dataclass

from botocore.model import OperationModel

from .model import Pair, service_model


@dataclass(frozen=True)
class Fact:
    """What holds of operations whose `service.Name` matches, in these checks; `says` is in what the check found."""

    operations: str
    kinds: str
    says: str
    reason: str


FACTS = [
    Fact(
        r"s3\.(Get|Put)Bucket(Lifecycle|Notification)$",
        "outputs identified params",
        "",
        "has the same request as the operation that took its place",
    ),
    Fact(
        r"machinelearning\.Predict$",
        "stubs",
        "predictEndpoint",
        "botocore sends it to the address that PredictEndpoint gives, which the model wants to be AWS's own",
    ),
]

# Members that botocore changes after it has built them, so that what goes out is not what was given.
UNSENT = {
    ("rds", "SourceRegion"): "makes a presigned URL of it, and sends that",
    ("docdb", "SourceRegion"): "the same",
    ("neptune", "SourceRegion"): "the same",
}
UNGIVEN = {
    ("s3", "ChecksumAlgorithm"): "adds a checksum of its own",
    ("s3", "ChecksumCRC32"): "the same",
    ("s3", "ContentLength"): "knows the length of what it sends",
    ("glacier", "checksum"): "the same",
    ("apigateway", "accepts"): "asks for JSON",
    ("bedrock-agentcore", "contentType"): "says what it sends",
    ("ec2", "PresignedUrl"): "makes it of what else is given",
    ("ec2", "DestinationRegion"): "the same",
    ("rds", "PreSignedUrl"): "makes it of SourceRegion",
    ("docdb", "PreSignedUrl"): "the same",
    ("neptune", "PreSignedUrl"): "the same",
}


def explanation(operation: str, kind: str, wrong: str) -> str | None:
    """Why the check of an operation may find this; nil where nothing says so."""
    for fact in FACTS:
        if kind in fact.kinds.split() and fact.says in wrong and re.match(fact.operations, operation):
            return fact.reason
    return None


def adjusted(model: OperationModel, sent: dict, kept: dict) -> tuple[dict, dict]:
    """What was sent and what the journal keeps, without what botocore changes on the way. A body that was not given
    is one without content: the two are one on the wire. botocore sends no events."""
    service = model.service_model.service_name
    payload = model.input_shape.serialization.get("payload")
    sent = {name: value for name, value in sent.items() if (service, name) not in UNSENT}
    added = {name for name in kept.keys() - sent.keys() if (service, name) in UNGIVEN}
    if payload not in sent and kept.get(payload) in ("", {}, {"$hidden": True}):
        added.add(payload)
    stream = model.input_shape.event_stream_name
    added.add(stream)
    sent = {name: value for name, value in sent.items() if name != stream}
    return sent, {name: value for name, value in kept.items() if name not in added}


def shares_code(pair: Pair) -> str | None:
    """Why botocore cannot raise an error: of shapes with one code it keeps the last. Two of CloudWatch's have one."""
    kept = service_model(pair.service).shape_for_error_code(pair.error.code) if pair.is_modelled else None
    if kept is None or kept.name == pair.shape:
        return None
    return f"botocore keeps one class for the code {pair.error.code}, which {pair.service} has for two"
