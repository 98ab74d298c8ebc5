# SPDX-License-Identifier: Apache-2.0
"""A value for each member of an error's shape: as a scenario's `fields` has it, and as botocore gives it back."""

import base64
from datetime import datetime, timezone

from botocore.model import Shape

MOMENT = "2026-03-01T12:00:00Z"
BYTES = b"\x00\xffbytes"
DOCUMENT = {"text": "a", "numbers": [1, 2.5], "flag": True}


def told(shape: Shape, is_xml: bool) -> dict[str, tuple]:
    """Written and expected value of every member but the message and those that hold the code."""
    names = [name for name in shape.members if not is_message(name) and not is_code(shape, name, is_xml)]
    return {name: value(shape.members[name], name) for name in names}


def is_message(name: str) -> bool:
    return name.lower() == "message"


def is_code(shape: Shape, name: str, is_xml: bool) -> bool:
    """Whether a member is the code itself, which a rule's `code` sets: a header, or XML's `Code`."""
    header = shape.members[name].serialization.get("name", "").lower()
    return header == "x-amzn-errortype" or (is_xml and name == "Code")


def value(shape: Shape, name: str, depth: int = 0) -> tuple:
    """What is written, what is expected."""
    kind = shape.type_name
    if shape.metadata.get("enum"):
        return both(shape.metadata["enum"][-1])
    if kind in ("integer", "long"):
        return both(int(shape.metadata.get("min", 7)))
    if kind in ("float", "double"):
        return both(1.5)
    if kind == "boolean":
        return both(True)
    if kind == "timestamp":
        return MOMENT, datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
    if kind == "blob":
        return {"$base64": base64.b64encode(BYTES).decode()}, BYTES
    if kind == "list":
        elements = [value(shape.member, name, depth + 1)] if depth < 4 else []
        return [element[0] for element in elements], [element[1] for element in elements]
    if kind == "map":
        key = value(shape.key, "key")[0]
        element = value(shape.value, name, depth + 1)
        return {key: element[0]}, {key: element[1]}
    if kind == "structure":
        if shape.is_document_type:
            return both(DOCUMENT)
        wanted = list(shape.members.items())[: 1 if shape.is_tagged_union else None]
        members = {key: value(member, key, depth + 1) for key, member in wanted if depth < 4}
        return {key: made[0] for key, made in members.items()}, {key: made[1] for key, made in members.items()}
    return both(f"the {name} <&>")


def both(value) -> tuple:
    return value, value
