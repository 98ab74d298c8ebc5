# SPDX-License-Identifier: Apache-2.0
"""What differs between values, with the path to it."""

import base64
import json
from datetime import datetime, timezone

from botocore.model import Shape

from .values import is_json_header


def received(value):
    """What botocore gave, its streams read to the end."""
    if hasattr(value, "read"):
        return value.read()
    if hasattr(value, "get_initial_response"):
        return list(value)
    if isinstance(value, dict):
        return {name: received(inner) for name, inner in value.items()}
    return value


def differences(wanted, got, path: str = "") -> list[str]:
    """Each value that is missing, more, or another."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        found = []
        for name in {**wanted, **got}:
            place = f"{path}.{name}"
            if name not in got:
                found.append(f"{place} is missing")
            elif name not in wanted:
                found.append(f"{place} was not given: {got[name]!r}")
            else:
                found += differences(wanted[name], got[name], place)
        return found
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        pairs = enumerate(zip(wanted, got))
        return [text for number, pair in pairs for text in differences(*pair, f"{path}[{number}]")]
    if wanted == got and isinstance(wanted, bool) == isinstance(got, bool):
        return []
    return [f"{path}: {got!r} instead of {wanted!r}"]


class Kept:
    """Compares a journal's parameters with those that were sent."""

    def __init__(self):
        self.compared = 0
        self.unknown = 0

    def differences(self, shape: Shape, sent, kept, path: str = "") -> list[str]:
        """Each value of the journal that is not what was sent. What it does not keep is counted, and passed over."""
        if isinstance(kept, dict) and kept.keys() in ({"$hidden"}, {"$notKept"}):
            self.unknown += 1
            return []
        if shape.type_name == "structure" and isinstance(sent, dict) and isinstance(kept, dict):
            if not getattr(shape, "is_document_type", False):
                return self.names(sent, kept, lambda name: shape.members.get(name), path)
        if shape.type_name == "map" and isinstance(sent, dict) and isinstance(kept, dict):
            return self.names(sent, kept, lambda _: shape.value, path)
        if shape.type_name == "list" and isinstance(sent, list) and isinstance(kept, list):
            return self.elements(shape, sent, kept, path)
        self.compared += 1
        if is_json_header(shape) and isinstance(kept, str):
            kept = json.loads(kept)
        return differences(as_kept(shape, sent), kept, path)

    def names(self, sent: dict, kept: dict, shape, path: str) -> list[str]:
        found = []
        is_whole = "$notKept" not in kept
        for name, value in sent.items():
            place = f"{path}.{name}"
            if name in kept and shape(name) is not None:
                found += self.differences(shape(name), value, kept[name], place)
            elif is_whole:
                found.append(f"{place} is missing")
            else:
                self.unknown += 1
        return found + [f"{path}.{name} was not sent" for name in kept if name not in sent and name != "$notKept"]

    def elements(self, shape: Shape, sent: list, kept: list, path: str) -> list[str]:
        is_whole = not kept or kept[-1] != {"$notKept": len(sent) - len(kept) + 1}
        if is_whole and len(sent) != len(kept):
            return [f"{path}: {len(kept)} elements instead of {len(sent)}"]
        found = []
        for number, pair in enumerate(zip(sent, kept)):
            found += self.differences(shape.member, *pair, f"{path}[{number}]")
        return found


def as_kept(shape: Shape, value):
    """A scalar as the journal shows it."""
    if hasattr(value, "read"):
        value.seek(0)
        value = value.read()
    if shape.type_name == "blob" and isinstance(value, (bytes, bytearray, str)):
        return base64.b64encode(value.encode() if isinstance(value, str) else bytes(value)).decode()
    if shape.type_name == "timestamp" and isinstance(value, (str, datetime)):
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return int(moment.astimezone(timezone.utc).timestamp())
    return value
