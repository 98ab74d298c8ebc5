# SPDX-License-Identifier: Apache-2.0
"""The smallest valid input of an operation, made from botocore's model: required members, least lengths, patterns."""

import io
import re

from botocore.model import OperationModel, Shape

from .patterns import Unsatisfiable, example

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
    "someone@example.com",
    "https://example.com",
    "01234567-89ab-cdef-0123-456789abcdef",
    "AKIAIOSFODNN7EXAMPLE",
    "shardId-000000000000",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln",
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
    "StreamARN": "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
    "ConsumerARN": "arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/reader:1",
}
# Where the model requires less than the service, or than botocore's own endpoint rules.
ADDED = {
    # Shares its address with PutBucketNotificationConfiguration, whose topics need more.
    ("s3", "PutBucketNotification"): {"NotificationConfiguration": {}},
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
    named = {"StreamARN", "ConsumerARN", "ResourceARN"} & made.keys()
    if not named:
        made |= {name: value for name, value in wanted.items() if name in model.input_shape.members}
    return made


def structure(shape: Shape, trail: tuple) -> dict:
    """The required members; of a nested structure without any, the first, since a form cannot say "empty"."""
    members = shape.members
    if getattr(shape, "is_tagged_union", False):
        first = next(iter(members))
        return {first: value(members[first], first, (*trail, shape.name))}
    wanted = shape.required_members or (list(members)[:1] if trail else [])
    return {name: value(members[name], name, (*trail, shape.name)) for name in wanted}


def value(shape: Shape, name: str, trail: tuple = ()):
    """The least valid value of a shape. A recursive shape ends in an empty value."""
    kind = shape.type_name
    if kind == "structure":
        return {} if shape.name in trail else structure(shape, trail)
    if kind == "list":
        count = max(1, shape.metadata.get("min", 1))
        return [value(shape.member, name, (*trail, shape.name))] * count
    if kind == "map":
        count = shape.metadata.get("min", 0)
        made = value(shape.value, name, (*trail, shape.name))
        return {value(shape.key, name): made} if count else {}
    if kind == "boolean":
        return True
    if kind in ("integer", "long", "float", "double"):
        least = shape.metadata.get("min", 1)
        return int(least) if kind in ("integer", "long") else float(least)
    if kind == "timestamp":
        return "2026-03-01T12:00:00Z"
    if kind == "blob":
        bytes_ = b"x" * max(1, shape.metadata.get("min", 1))
        return io.BytesIO(bytes_) if shape.serialization.get("streaming") else bytes_
    return text(shape, name)


def text(shape: Shape, name: str) -> str:
    if shape.enum:
        return shape.enum[0]
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 10**6)
    pattern = shape.metadata.get("pattern")
    candidates = ([BY_NAME[name]] if name in BY_NAME else []) + USUAL + ["x" * max(least, 1), "1" * max(least, 1)]
    for candidate in candidates:
        if not least <= len(candidate) <= most:
            continue
        if "arn" in name.lower() and "arn:" not in candidate and most >= 20:
            continue
        if pattern is None or re.fullmatch(python_pattern(pattern), candidate):
            return candidate
    try:
        return example(python_pattern(pattern or ".*"), least)
    except Unsatisfiable as reason:
        raise ValueError(f"no text for {name} ({shape.name}: {pattern}, {least}..{most}): {reason}") from None


def python_pattern(pattern: str) -> str:
    """A pattern of the models (java.util.regex) in Python's words: Unicode classes as ASCII approximations."""
    classes = {"L": "a-zA-Z", "M": "", "S": "+$", "N": "0-9", "P": "!-/", "Z": " ", "Lu": "A-Z", "Ll": "a-z"}
    for name, ascii_range in classes.items():
        inside = rf"(\[(?:[^\]\\]|\\.)*)\\p\{{{name}\}}"
        while re.search(inside, pattern):
            pattern = re.sub(inside, lambda found: found.group(1) + ascii_range, pattern)
        pattern = pattern.replace(rf"\p{{{name}}}", f"[{ascii_range or 'a'}]")
    return pattern
