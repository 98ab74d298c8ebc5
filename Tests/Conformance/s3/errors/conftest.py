# SPDX-License-Identifier: Apache-2.0
"""The world that all calls of this folder are made in, and what came of those that succeed."""

import pytest

from harness import clients
from harness.control import Control

from .calls import CALLS
from .world import OTHER, build


class Caller:
    """Calls operations by the model's names, once each, wherever a bucket is said to be."""

    def __init__(self, endpoint, sandbox):
        self.control = Control(endpoint, sandbox)
        self.control.freeze()
        options = {"inject_host_prefix": False, "parameter_validation": False, "s3": {"addressing_style": "path"}}
        make = lambda key: clients.session().client(  # noqa: E731
            "s3", endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key="test",
            config=clients.config(**options),
        )  # fmt: skip
        make(f"sandbox.{sandbox}.{OTHER}").create_bucket(Bucket="theirs")
        self.s3 = make(f"sandbox.{sandbox}")
        self.s3.meta.events.register("before-call.s3", self.change)
        self.body = None
        self.given = build(self.s3, self.control)
        self.given["key"] = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"

    def change(self, params, **_):
        """Sends another body than botocore would, and stays where it was sent."""
        params["context"].setdefault("s3_redirect", {})["redirected"] = True
        if self.body is not None:
            params["body"] = self.body

    def __call__(self, operation, parameters, body=None):
        self.body = body
        return clients.method(self.s3, operation)(**self.filled(parameters))

    def filled(self, value):
        if isinstance(value, dict):
            return {name: self.filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.filled(inner) for inner in value]
        return self.given[value[1:]] if isinstance(value, str) and value.startswith("@") else value


@pytest.fixture(scope="module")
def caller(endpoint, request):
    """A world of the module's own: refusals change nothing in it."""
    sandbox = request.module.__name__.rsplit(".", 1)[1].replace("_", "-")
    with pytest.MonkeyPatch.context() as patch:
        # A session's key would not name the sandbox.
        patch.setenv("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true")
        yield Caller(endpoint, sandbox)
    Control(endpoint).call("DELETE", f"sandboxes/{sandbox}")


@pytest.fixture(scope="module")
def answers(caller):
    """What each operation's call came to: an answer or an exception."""
    found = {}
    for operation, parameters in CALLS.items():
        try:
            found[operation] = caller(operation, parameters)
        except Exception as error:
            found[operation] = error
    return found
