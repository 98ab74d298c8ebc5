# SPDX-License-Identifier: Apache-2.0
"""Values for every member of a shape, made from botocore's model: each one once, and no two alike."""

import base64
import io
from datetime import datetime, timedelta, timezone

from botocore.model import ListShape, OperationModel, Shape, StructureShape

from .params import text, value

START = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)
# Beyond what a double can tell apart.
LARGE = 2**53 + 1
# Members that an input is made without. botocore asks another host for a StreamId, needs a library of its own for an
# EndpointId, asks PredictEndpoint itself, and takes the length of what it sends from ContentLength.
LEFT_OUT = ("StreamId", "EndpointId", "ContentLength")
DOCUMENT = {"text": "<é>", "numbers": [1, 2.5, -3], "nested": {"truth": True, "nothing": None}}
# Bound as an HTTP header, in a path or a query; what is left goes into the body.
HEADER_PLACES = ("header", "headers")


class Maker:
    """Makes one value of a shape. A structure that is met again has its required members only, so that a model that
    repeats itself ends."""

    # Of what is not required, this much; a journal keeps a part only of what is larger.
    least_list = 2

    def __init__(self, model: OperationModel):
        self.model = model
        self.made = 0
        self.opened: set[str] = set()

    def structure(self, shape: StructureShape, trail: tuple = ()) -> dict:
        if trail.count(shape.name) > 1:
            return {}
        names = self.chosen(shape, shape.name in self.opened, trail)
        self.opened.add(shape.name)
        inner = (*trail, shape.name)
        return {name: self.value(shape.members[name], name, inner, shape) for name in names}

    def chosen(self, shape: StructureShape, again: bool, trail: tuple) -> list[str]:
        """All members; of a union one; of a structure that was met before, those that it requires."""
        names = list(shape.members)
        if shape.is_tagged_union:
            inside = (*trail, shape.name)
            usable = [name for name in names if not leads_back(shape.members[name], inside)] or names
            return [usable[self.made % len(usable)]]
        return list(shape.required_members) if again else names

    def value(self, shape: Shape, name: str, trail: tuple, parent: Shape | None = None):
        self.made += 1
        kind = shape.type_name
        if getattr(shape, "is_document_type", False):
            return DOCUMENT
        if kind == "structure":
            if shape.serialization.get("eventstream"):
                return self.events(shape, trail)
            return self.structure(shape, trail)
        if kind == "list":
            return self.list(shape, name, trail)
        if kind == "map":
            return self.map(shape, name, trail)
        return self.scalar(shape, name, parent)

    def events(self, shape: StructureShape, trail: tuple) -> list[dict]:
        """Each event of a stream once; those that end it are errors, and no part of an answer."""
        names = [name for name, event in shape.members.items() if not event.metadata.get("exception")]
        return [{name: self.structure(shape.members[name], (*trail, shape.name))} for name in names]

    def list(self, shape: ListShape, name: str, trail: tuple) -> list:
        least = shape.metadata.get("min", 0)
        element = shape.member
        if element.type_name == "string" and shape.serialization.get("location") == "header":
            plain = element.metadata.get("enum") or [f"{name}-{number}" for number in (1, 2)]
            return plain[: max(least, self.least_list)]
        nested = element.type_name in ("structure", "list", "map")
        if nested and element.name in trail:
            return [self.value(element, name, trail) for _ in range(least)]
        return [self.value(element, name, trail) for _ in range(max(least, self.least_list))]

    def map(self, shape: Shape, name: str, trail: tuple) -> dict:
        if shape.value.name in trail:
            return {}
        keys = list(shape.key.metadata.get("enum", []))[:2]
        for number in range(len(keys), max(2, shape.metadata.get("min", 0))):
            keys.append(self.key(shape, number))
        if shape.serialization.get("location") in HEADER_PLACES:
            return {key: f"{name}-{key}" for key in keys}
        return {key: self.value(shape.value, name, trail) for key in keys}

    def key(self, shape: Shape, number: int) -> str:
        return f"key-{number}" + "k" * (shape.key.metadata.get("min", 0) - 5)

    def scalar(self, shape: Shape, name: str, parent: Shape | None):
        kind = shape.type_name
        if kind == "boolean":
            return self.made % 2 == 0
        if kind in ("integer", "long"):
            return self.number(shape, name)
        if kind in ("float", "double"):
            return self.real(kind)
        if kind == "timestamp":
            return self.moment(shape)
        if kind == "blob":
            return self.blob(shape, name, parent)
        return self.string(shape, name)

    def real(self, kind: str) -> float:
        """A float of 32 bits holds quarters exactly; a double's tenths show a lost digit."""
        return self.made + (0.25 if kind == "float" else 0.1)

    def number(self, shape: Shape, name: str) -> int:
        if shape.serialization.get("location") == "statusCode":
            return 203
        return self.made + (LARGE if shape.type_name == "long" else 0)

    def moment(self, shape: Shape) -> datetime:
        return START + timedelta(seconds=self.made)

    def blob(self, shape: Shape, name: str, parent: Shape | None) -> bytes:
        return f"{name} {self.made}".encode() + b"\x00\xff"

    def string(self, shape: Shape, name: str) -> str | dict:
        if is_json_header(shape):
            return DOCUMENT
        if shape.metadata.get("enum"):
            return shape.metadata["enum"][self.made % len(shape.metadata["enum"])]
        if shape.serialization.get("location") in HEADER_PLACES:
            return f"{name}-{self.made}"
        return f' <{name} & é 😀 "\\" \t{self.made}>\n'


class OutputMaker(Maker):
    """Values of an output as botocore gives them to its caller."""

    def real(self, kind: str) -> float:
        """Some below zero, some too large or too small to be written without an exponent."""
        made = super().real(kind)
        if kind == "float":
            return made if self.made % 2 else -made
        return [made, -made, made * 1e300, made * 1e-9][self.made % 4]

    def number(self, shape: Shape, name: str) -> int:
        made = super().number(shape, name)
        return -made if self.made % 3 == 0 and "location" not in shape.serialization else made

    def chosen(self, shape: StructureShape, again: bool, trail: tuple) -> list[str]:
        """A length is what the body has, where there is one."""
        names = super().chosen(shape, again, trail)
        if self.model.http["method"] == "HEAD":
            return names
        return [name for name in names if shape.members[name].serialization.get("name") != "Content-Length"]

    def moment(self, shape: Shape) -> datetime:
        """To the second where the format knows no fractions, and where AWS never gives any."""
        form = shape.serialization.get("timestampFormat")
        is_date = form == "rfc822" or form is None and shape.serialization.get("location") == "header"
        if is_date or self.model.service_model.service_name in ("iam", "sts"):
            return super().moment(shape)
        return super().moment(shape) + timedelta(milliseconds=250)

    def blob(self, shape: Shape, name: str, parent: Shape | None) -> bytes:
        """botocore reads a body that does not stream as UTF-8, whatever the model says."""
        if parent is not None and parent.serialization.get("payload") == name:
            return f"{name} {self.made}".encode()
        return super().blob(shape, name, parent)


class InputMaker(Maker):
    """Values of an input that botocore's own validation accepts; where a value stands in a path or in a host name, or
    chooses the endpoint, it satisfies its pattern."""

    least_list = 1
    # How many values before only what is required is added.
    most = 60

    def whole(self) -> dict:
        """The input of the operation."""
        shape = self.model.input_shape
        if shape is None:
            return {}
        made = self.structure(shape)
        if self.model.service_model.resolved_protocol in ("query", "ec2"):
            made = pruned(made)
        for name, member in shape.members.items():
            if member.serialization.get("streaming") and isinstance(made.get(name), bytes):
                made[name] = io.BytesIO(made[name])
        return made

    def chosen(self, shape: StructureShape, again: bool, trail: tuple) -> list[str]:
        names = super().chosen(shape, again or self.made > self.most, trail)
        return [name for name in names if name not in LEFT_OUT or name in shape.required_members]

    def events(self, shape: StructureShape, trail: tuple) -> dict:
        """botocore sends no events, but looks for one."""
        return value(shape, shape.name)

    def number(self, shape: Shape, name: str) -> int:
        least = int(shape.metadata.get("min", 0))
        return max(least, min(self.made, int(shape.metadata.get("max", self.made))))

    def scalar(self, shape: Shape, name: str, parent: Shape | None):
        made = super().scalar(shape, name, parent)
        if shape.type_name in ("float", "double"):
            return max(float(shape.metadata.get("min", made)), made)
        if isinstance(made, (bytes, str)) and not shape.metadata.get("enum"):
            filler = b"x" if shape.type_name == "blob" else "x"
            return made + filler * (shape.metadata.get("min", 0) - len(made))
        return made

    def string(self, shape: Shape, name: str) -> str:
        if name == "ChecksumAlgorithm":
            # The others need a library that is no part of botocore.
            return "CRC32"
        if name in ("Engine", "DBParameterGroupFamily"):
            # What DocumentDB's and Neptune's requests have, and RDS's do not.
            return self.model.service_model.service_name
        wire = shape.serialization
        if wire.get("location") == "uri" or wire.get("hostLabel") or shape.metadata.get("contextParam"):
            return text(shape, name)
        return super().string(shape, name)


def leads_back(shape: Shape, trail: tuple) -> bool:
    """Whether a shape is, or holds, one that it stands in."""
    inner = {"list": "member", "map": "value"}.get(shape.type_name)
    return shape.name in trail or (inner is not None and leads_back(getattr(shape, inner), trail))


def pruned(value):
    """Without what is empty: a form has no word for it."""
    if isinstance(value, dict):
        return {name: kept for name, inner in value.items() if (kept := pruned(inner)) not in ({}, [])}
    if isinstance(value, list):
        return [kept for inner in value if (kept := pruned(inner)) not in ({}, [])]
    return value


def as_scenario(shape: Shape, value):
    """The value as a scenario writes it."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return value
    if kind == "structure":
        if isinstance(value, list):
            return [as_scenario(shape, event) for event in value]
        return {name: as_scenario(shape.members[name], inner) for name, inner in value.items()}
    if kind == "list":
        return [as_scenario(shape.member, element) for element in value]
    if kind == "map":
        return {key: as_scenario(shape.value, inner) for key, inner in value.items()}
    if kind == "blob":
        return {"$base64": base64.b64encode(value).decode()}
    if kind == "timestamp":
        return value.isoformat()
    return {"$json": value} if is_json_header(shape) else value


def is_json_header(shape: Shape) -> bool:
    """botocore makes JSON of a header's value only; in a body the same trait means nothing to it."""
    return bool(shape.serialization.get("jsonvalue")) and shape.serialization.get("location") == "header"
