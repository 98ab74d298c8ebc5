# SPDX-License-Identifier: Apache-2.0
"""The same program on this server and on moto's: each difference has its reason."""

import re

import boto3
import pytest
from botocore.exceptions import ClientError, ParamValidationError
from harness.clients import config
from harness.comparing import differences, received
from harness.upstream import Moto

from .differing import program
from .explained import EXPLAINED

# What no two servers have alike.
OWN = {"ResponseMetadata", "LastModified", "UploadId", "VersionId", "CreationDate", "Date", "Owner", "Initiator", "ID"}
OWN |= {"NextContinuationToken", "ContinuationToken", "BucketArn", "CopySourceVersionId", "DeleteMarkerVersionId"}
OWN |= {"NextVersionIdMarker", "AbortDate", "Initiated", "VersionIdMarker", "HostId", "RequestId", "Message"}


@pytest.fixture(scope="module")
def moto():
    pytest.importorskip("moto.server")
    running = Moto()
    yield running.endpoint
    running.stop()


def shown(value):
    """An answer without what is its server's own."""
    if isinstance(value, dict):
        return {name: shown(inner) for name, inner in value.items() if name not in OWN}
    if isinstance(value, list):
        return [shown(inner) for inner in value]
    return value


def filled(value, given):
    """Parameters, with what earlier calls gave in its place."""
    if isinstance(value, dict):
        return {name: filled(inner, given) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, given) for inner in value]
    if isinstance(value, str) and value.startswith("@"):
        name, *members = value[1:].split(".")
        found = given.get(name, {})
        for member in members:
            found = found.get(member, {})
        return found or "none"
    return value


def run(endpoint):
    """What each call of the program came to."""
    options = config(s3={"addressing_style": "path"}, response_checksum_validation="when_required", read_timeout=90)
    s3 = boto3.Session("123456789012", "test", region_name="us-east-1").client(
        "s3", endpoint_url=endpoint, config=options
    )
    outcomes, given = {}, {}
    for name, method, parameters in program():
        try:
            given[name] = received(getattr(s3, method)(**filled(parameters, given)))
            outcomes[name] = shown(given[name]) | {"status": given[name]["ResponseMetadata"]["HTTPStatusCode"]}
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            outcomes[name] = {"error": shown(error.response["Error"]), "status": status}
        except ParamValidationError as error:
            outcomes[name] = {"refused by botocore": str(error)}
    return outcomes


def test_each_difference_from_moto_has_its_reason(control, endpoint, moto):
    ours, theirs = run(endpoint), run(moto)
    assert len(ours) >= 470 and list(ours) == list(theirs)
    unused, unexplained = set(range(len(EXPLAINED))), []
    for name in ours:
        for difference in differences(theirs[name], ours[name]):
            text = f"{name}: {difference}"
            reasons = [number for number, (pattern, _) in enumerate(EXPLAINED) if re.search(pattern, text)]
            unused -= set(reasons)
            if not reasons:
                unexplained.append(text)
    assert not unexplained, "\n".join(unexplained)
    assert not unused, [EXPLAINED[number] for number in unused]
