# SPDX-License-Identifier: Apache-2.0
"""Errors that many operations have for one reason: which operations those are, read from the model."""

from harness.params import least_input
from harness.patterns import compiled

from .world import MODEL, members

ALL = list(MODEL.operation_names)
NOWHERE = "us-east-1_000000000"
NO_CLIENT = "x" * 26
TOKENS = [name for name in ALL if "AccessToken" in members(name)]


def modelled(operation):
    return {shape.name for shape in MODEL.operation_model(operation).error_shapes}


def having(code, operations):
    """Those of the operations that model the error."""
    return [name for name in operations if code in modelled(name)]


def wanting(member):
    return [name for name in ALL if member in members(name) and "AccessToken" not in members(name)]


def least(operation, **more):
    """The least input of an operation, and what else is given."""
    return least_input(MODEL.operation_model(operation)) | more


def broken(operation):
    """An input of which one member breaks the model, and the words that say so begin with this."""
    shape = MODEL.operation_model(operation).input_shape
    for name in [*shape.required_members, *shape.members]:
        member = shape.members[name]
        pattern, most = member.metadata.get("pattern"), member.metadata.get("max")
        if member.type_name == "string" and pattern and not compiled(pattern).fullmatch("\n"):
            wrong = "\n"
        elif member.type_name == "string" and most and not member.enum:
            wrong = "x" * (most + 1)
        elif member.type_name == "integer" and most:
            wrong = most + 1
        else:
            continue
        return least(operation) | {name: wrong}, name
    raise AssertionError(f"nothing of {operation} is limited")


NO_POOL = having("ResourceNotFoundException", wanting("UserPoolId"))
NO_CLIENTS = [name for name in having("ResourceNotFoundException", wanting("ClientId")) if name not in NO_POOL]
NO_RESOURCE = ["ListTagsForResource", "TagResource", "UntagResource"]
POOL_GONE = having("ResourceNotFoundException", TOKENS)
BAD_TOKEN = having("NotAuthorizedException", TOKENS)
USER_GONE = having("UserNotFoundException", TOKENS)
RESET = having("PasswordResetRequiredException", TOKENS)
NO_USER = [
    name for name in having("UserNotFoundException", wanting("Username")) if name not in ("AdminCreateUser",)
]

GROUPS = {
    "ResourceNotFoundException": [*NO_POOL, *NO_CLIENTS, *NO_RESOURCE, *POOL_GONE],
    "InvalidParameterException": ALL,
    "NotAuthorizedException": BAD_TOKEN,
    "UserNotFoundException": [*USER_GONE, *NO_USER],
    "PasswordResetRequiredException": RESET,
}
