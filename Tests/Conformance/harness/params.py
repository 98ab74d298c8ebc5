# SPDX-License-Identifier: Apache-2.0
"""The smallest valid input of an operation, made from botocore's model: required members, least lengths, patterns."""

import io
from functools import cache

from botocore.model import OperationModel, Shape

from .patterns import Unsatisfiable, compiled, example

# What a member of this name holds in AWS; taken where it satisfies the shape's own pattern and lengths.
USUAL = [
    "orders",
    "123456789012",
    "us-east-1",
    "us-east-1_a1B2c3D4e",
    "us-east-1:01234567-89ab-cdef-0123-456789abcdef",
    "arn:aws:iam::123456789012:role/orders",
    "arn:aws:iam::123456789012:policy/orders",
    "arn:aws:iam::123456789012:saml-provider/orders",
    "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
    "arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/reader:1",
    "arn:aws:s3:::orders",
    "arn:aws:fsx:us-east-1:123456789012:volume/orders",
    "someone@example.com",
    "https://example.com",
    "01234567-89ab-cdef-0123-456789abcdef",
    "AKIAIOSFODNN7EXAMPLE",
    "shardId-000000000000",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln",
    "Passw0rd.1",
    "1",
]
BY_NAME = {
    "Bucket": "orders",
    "Key": "reports/2026.csv",
    "CopySource": "orders/reports/2025.csv",
    "QueueUrl": "http://localhost/123456789012/orders",
    "UploadId": "upload-1",
    "RequestRoute": "route",
    "RequestToken": "token-1",
    "RoleArn": "arn:aws:iam::123456789012:role/orders",
    "PrincipalArn": "arn:aws:iam::123456789012:saml-provider/orders",
    # botocore's own endpoint rules read it.
    "KvsARN": "arn:aws:cloudfront::123456789012:key-value-store/01234567-89ab-cdef-0123-456789abcdef",
    "StreamARN": "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
    "ConsumerARN": "arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/reader:1",
}
# What tells a service from RDS, whose calls it shares.
OF_SERVICE = {
    "docdb": {"Engine": "docdb", "DBParameterGroupFamily": "docdb5.0"},
    "neptune": {"Engine": "neptune", "DBParameterGroupFamily": "neptune1"},
}
# Where the model requires less than the service, or than botocore's own endpoint rules.
ADDED = {
    # Shares its address with PutBucketNotificationConfiguration, whose topics need more.
    ("s3", "PutBucketNotification"): {"NotificationConfiguration": {}},
    # By these alone their requests differ from RDS's.
    ("docdb", None): {"Engine": "docdb", "DBParameterGroupFamily": "docdb5.0"},
    ("neptune", None): {"Engine": "neptune", "DBParameterGroupFamily": "neptune1"},
    # A form has no word for a map without entries.
    ("sns", "CreatePlatformApplication"): {"Attributes": {"Enabled": "true"}},
    ("sns", "SetEndpointAttributes"): {"Attributes": {"Enabled": "true"}},
    ("sns", "SetPlatformApplicationAttributes"): {"Attributes": {"Enabled": "true"}},
    ("sns", "SetSMSAttributes"): {"attributes": {"MonthlySpendLimit": "1"}},
    ("cloudformation", "ListResourceScanRelatedResources"): {
        "Resources": [{"ResourceType": "AWS::S3::Bucket", "ResourceIdentifier": {"BucketName": "orders"}}]
    },
    ("kinesis", None): {"StreamName": "orders"},
    ("kinesis", "SubscribeToShard"): {},
}


def least_input(model: OperationModel) -> dict:
    """The parameters of one call of the operation."""
    if model.input_shape is None:
        return {}
    made = structure(model.input_shape, ())
    service = model.service_model.service_name
    wanted = ADDED.get((service, model.name), ADDED.get((service, None), {}))
    made |= {name: value for name, value in OF_SERVICE.get(service, {}).items() if name in made}
    named = {"StreamARN", "ConsumerARN", "ResourceARN"} & made.keys()
    if not named:
        made |= {name: value for name, value in wanted.items() if name in model.input_shape.members}
    return made


class Endless(Exception):
    """A shape holds itself, and can end nowhere."""


def structure(shape: Shape, trail: tuple) -> dict:
    """The required members; of a nested structure without any, the first, since a form cannot say "empty"."""
    if shape.name in trail:
        raise Endless(shape.name)
    trail = (*trail, shape.name)
    members = shape.members
    is_union = getattr(shape, "is_tagged_union", False)
    if is_union or (not shape.required_members and len(trail) > 1):
        for name, member in members.items():
            try:
                return {name: value(member, name, trail)}
            except Endless:
                continue
        if is_union:
            raise Endless(shape.name)
        return {}
    return {name: value(members[name], name, trail) for name in shape.required_members}


def value(shape: Shape, name: str, trail: tuple = ()):
    """The least valid value of a shape. A recursive shape ends in the first list or map that may be empty."""
    kind = shape.type_name
    if kind == "structure":
        return structure(shape, trail)
    if kind in ("list", "map"):
        return several(shape, name, trail)
    if kind == "boolean":
        return True
    if kind in ("integer", "long", "float", "double"):
        least = shape.metadata.get("min", min(1, shape.metadata.get("max", 1)))
        return int(least) if kind in ("integer", "long") else float(least)
    if kind == "timestamp":
        return "2026-03-01T12:00:00Z"
    if kind == "blob":
        bytes_ = b"x" * max(1, shape.metadata.get("min", 1))
        return io.BytesIO(bytes_) if shape.serialization.get("streaming") else bytes_
    return text(shape, name)


def several(shape: Shape, name: str, trail: tuple):
    """A list of one or of the least number; a map of the least number, which may be none."""
    least = shape.metadata.get("min", 0)
    if shape.type_name == "map" and not least:
        return {}
    if shape.name in trail:
        raise Endless(shape.name)
    trail = (*trail, shape.name)
    try:
        if shape.type_name == "list":
            return [value(shape.member, name, trail) for _ in range(max(1, least))]
        key = value(shape.key, name, trail)
        return {key if index == 0 else f"{key}{index}": value(shape.value, name, trail) for index in range(least)}
    except Endless:
        if least:
            raise
        return []


def text(shape: Shape, name: str) -> str:
    if shape.enum:
        return shape.enum[0]
    metadata = shape.metadata
    return least_text(name, metadata.get("pattern"), metadata.get("min", 0), metadata.get("max", 10**6))


@cache
def least_text(name: str, pattern: str | None, least: int, most: int) -> str:
    """A text for a member of this name: the usual one where it fits, else whatever the pattern takes."""
    candidates = ([BY_NAME[name]] if name in BY_NAME else []) + USUAL + ["x" * max(least, 1), "1" * max(least, 1)]
    wanted = compiled(pattern) if pattern else None
    for candidate in candidates:
        if not least <= len(candidate) <= most:
            continue
        if "arn" in name.lower() and "arn:" not in candidate and most >= 20:
            continue
        if wanted is None or wanted.fullmatch(candidate):
            return candidate
    try:
        return example(pattern or ".*", least, most)
    except Unsatisfiable:
        # A pattern that nothing satisfies within the lengths, as some of the models have.
        return "x" * max(least, 1)
