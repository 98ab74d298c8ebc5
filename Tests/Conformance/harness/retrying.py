# SPDX-License-Identifier: Apache-2.0
"""How many requests botocore makes of one failing call, computed from its own tables but not by its retry code."""

import json
from functools import cache

import botocore
import botocore.retries.standard as standard
from botocore.loaders import Loader

# The retry rules of 2026 came into force in this version.
IS_NEW = tuple(int(part) for part in botocore.__version__.split(".")[:2]) >= (1, 44)


@cache
def table() -> dict:
    """botocore's legacy table, its references resolved."""
    text = Loader().load_data("_retry")
    definitions = text["definitions"]

    def resolved(node):
        if isinstance(node, dict):
            return definitions[node["$ref"]] if "$ref" in node else {key: resolved(item) for key, item in node.items()}
        return node

    return resolved(json.loads(json.dumps(text["retry"])))


def attempts(mode: str, service: str, code: str, status: int, is_modelled: bool = True) -> int:
    """Requests in all, the first included. An error without a usable body has its status for a code."""
    return legacy(service, code, status) if mode == "legacy" else standard_rules(service, code, status, is_modelled)


def legacy(service: str, code: str, status: int) -> int:
    own = table().get(service, {}).get("__default__", {})
    policies = table()["__default__"]["policies"] | own.get("policies", {})
    most = own.get("max_attempts", table()["__default__"]["max_attempts"])
    for policy in policies.values():
        wanted = policy["applies_when"].get("response")
        if wanted is None or "crc32body" in wanted:
            continue
        if wanted.get("http_status_code", status) == status and wanted.get("service_error_code", code) == code:
            return most
    return 1


def standard_rules(service: str, code: str, status: int, is_modelled: bool) -> int:
    transient, throttled = standard.TransientRetryableChecker, standard.ThrottledRetryableChecker
    if status in transient._TRANSIENT_STATUS_CODES or code in transient._TRANSIENT_ERROR_CODES:
        return most_in_standard(service)
    if code in throttled._THROTTLED_ERROR_CODES or (service == "sts" and code == "IDPCommunicationError"):
        return most_in_standard(service)
    if IS_NEW and status == 429 and not is_modelled:
        return most_in_standard(service)
    return 1


def most_in_standard(service: str) -> int:
    return getattr(standard, "_SERVICE_MAX_ATTEMPTS", {}).get(service, standard.DEFAULT_MAX_ATTEMPTS) if IS_NEW else 3
