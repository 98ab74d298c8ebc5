# SPDX-License-Identifier: Apache-2.0
"""Clients that speak a protocol of their service's that botocore would not choose: what other SDKs send."""

import copy
from functools import cache

import boto3
import botocore.session
from botocore.loaders import Loader
from botocore.model import Shape

from .clients import ACCOUNT, REGION, config

CBOR = "smithy-rpc-v2-cbor"


class OneProtocol(Loader):
    """Loads service models as if their service spoke this protocol alone, wherever it speaks it."""

    def __init__(self, protocol: str):
        super().__init__(extra_search_paths=None)
        self.protocol = protocol

    def load_service_model(self, service_name, type_name, api_version=None):
        model = super().load_service_model(service_name, type_name, api_version)
        if type_name != "service-2" or self.protocol not in model["metadata"].get("protocols", []):
            return model
        model = copy.copy(model)
        model["metadata"] = model["metadata"] | {"protocols": [self.protocol], "protocol": self.protocol}
        return model


@cache
def session(protocol: str) -> boto3.Session:
    core = botocore.session.Session()
    core.register_component("data_loader", OneProtocol(protocol))
    return boto3.Session(ACCOUNT, "test", region_name=REGION, botocore_session=core)


def client(endpoint: str, service: str, protocol: str, mode: str | None = None, attempts: int | None = None):
    """A client of the service that speaks this protocol."""
    options = config(mode, attempts, inject_host_prefix=False)
    made = session(protocol).client(service, endpoint_url=endpoint, config=options)
    assert made.meta.service_model.resolved_protocol == protocol
    return made


@cache
def speakers() -> dict[str, list[str]]:
    """The services that speak several protocols, with those protocols."""
    core = botocore.session.Session()
    found = {}
    for service in core.get_available_services():
        protocols = core.get_service_model(service).metadata.get("protocols", [])
        if len(protocols) > 1:
            found[service] = protocols
    return found


def filled(shape: Shape, trail: tuple = ()):
    """A value with every member set once, such as its shape allows, as a scenario's `respond` has it."""
    kind = shape.type_name
    if kind == "structure":
        members = list(shape.members.items())
        if getattr(shape, "is_tagged_union", False):
            members = members[:1]
        inner = (*trail, shape.name)
        return {} if shape.name in trail else {name: filled(member, inner) for name, member in members}
    if kind == "list":
        return [] if shape.name in trail else [filled(shape.member, (*trail, shape.name))] * 2
    if kind == "map":
        key = shape.key.enum[0] if shape.key.enum else "key"
        return {} if shape.name in trail else {key: filled(shape.value, (*trail, shape.name))}
    scalars = {"integer": -7, "long": 2**53 + 1, "float": 0.1, "double": -1.25e-9, "boolean": True}
    scalars |= {"timestamp": "2026-03-01T12:00:00.250Z", "blob": "bytes", "character": "c"}
    return scalars.get(kind) or (shape.enum[0] if shape.enum else "text é")


def extra_members(shape: Shape) -> dict:
    """A value for each member of an error's shape beside its message."""
    names = (name for name in shape.members if name.lower() != "message")
    return {name: filled(shape.members[name]) for name in names}
