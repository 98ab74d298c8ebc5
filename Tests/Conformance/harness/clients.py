# SPDX-License-Identifier: Apache-2.0
"""boto3 clients that differ from a user's only in their endpoint."""

import os
import threading

import boto3
import botocore.session
from botocore.config import Config

from .resolving import know_localhost

SERVICES = ["s3", "sqs", "kinesis", "iam", "sts", "cognito-idp", "cognito-identity"]
REGION = "us-east-1"
ACCOUNT = "123456789012"

# CodeCatalyst signs nothing: its calls carry a token.
os.environ.setdefault("AWS_BEARER_TOKEN_CODECATALYST", "token")

_session = None
_lock = threading.Lock()


def session() -> boto3.Session:
    """One session for all tests: reading the service models anew takes most of a client's time."""
    global _session
    with _lock:
        if _session is None:
            core = botocore.session.Session()
            _session = boto3.Session(ACCOUNT, "test", region_name=REGION, botocore_session=core)
        return _session


def config(mode: str | None = None, attempts: int | None = None, **options) -> Config:
    """A configuration with this retry mode and this many attempts in all; one attempt where no mode is given."""
    retries = {"mode": mode or "standard", "total_max_attempts": attempts or 1}
    if mode is not None and attempts is None:
        del retries["total_max_attempts"]
    return Config(retries=retries, **{"parameter_validation": True, "read_timeout": 20, "connect_timeout": 5} | options)


def client(endpoint: str, service: str, mode: str | None = None, attempts: int | None = None, **options):
    """A client of the service. `s3={...}` and other options go to its configuration."""
    if service in ("s3control", "cloudfront-keyvaluestore"):
        # Theirs put the account's number before the endpoint's host, which an address cannot bear.
        know_localhost()
        endpoint = endpoint.replace("127.0.0.1", "localhost")
    if service == "cloudfront-keyvaluestore":
        # Its own signature, version 4A, needs the AWS CRT, which is no part of botocore.
        options.setdefault("signature_version", "v4")
    if service == "s3":
        options.setdefault("s3", {"addressing_style": "path"})
    made = session().client(service, endpoint_url=endpoint, config=config(mode, attempts, **options))
    if service == "machinelearning":
        # Predict goes to the endpoint that is among its own parameters.
        event = "provide-client-params.machinelearning.Predict"
        made.meta.events.register(event, lambda params, **_: params | {"PredictEndpoint": endpoint})
    return made


def resource(endpoint: str, service: str, **options):
    """A boto3 resource of the service, with retries off."""
    return session().resource(service, endpoint_url=endpoint, config=config(**options))


def method(client, operation: str):
    """The client's method for an operation of the model.

    botocore removes the methods of five operations whose input is an event stream, which it cannot send; for those,
    what its methods call.
    """
    for name, called in client.meta.method_to_api_mapping.items():
        if called == operation and hasattr(client, name):
            return getattr(client, name)
    return lambda **parameters: client._make_api_call(operation, parameters)
