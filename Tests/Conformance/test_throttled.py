# SPDX-License-Identifier: Apache-2.0
"""Programs that meet the throttles of services without a fake, under both botocores (`make test` does both)."""

import pytest
from botocore.exceptions import ClientError

from harness.retrying import most_in_standard
from harness.server import FIXTURES

MODES = ["legacy", "standard", "adaptive"]
CALLS = {
    "dynamodb": ("get_item", {"TableName": "t", "Key": {"k": {"S": "v"}}}),
    "ec2": ("describe_instances", {}),
}
# The service with its code, status and attempts in legacy mode, where the client says nothing of them.
THROTTLES = [
    ("dynamodb", "ProvisionedThroughputExceededException", 400, 10),
    ("ec2", "RequestLimitExceeded", 503, 5),
]


@pytest.fixture(autouse=True)
def scenario(control):
    control.load(FIXTURES / "programs" / "throttled-without-a-fake.yaml")


def refused(made, service):
    """The error that the service's call raises in the end."""
    method, parameters = CALLS[service]
    with pytest.raises(ClientError) as caught:
        getattr(made, method)(**parameters)
    return caught.value


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("attempts", [None, 2, 4])
@pytest.mark.parametrize("service,code,status,legacy", THROTTLES)
def test_throttle(control, client, sleeps, mode, attempts, service, code, status, legacy):
    """Retried up to the configured number, which the message tells, else up to the mode's own."""
    error = refused(client(service, mode, attempts), service)
    wanted = attempts or (legacy if mode == "legacy" else most_in_standard(service))
    assert error.response["Error"]["Code"] == code
    metadata = error.response["ResponseMetadata"]
    assert (metadata["HTTPStatusCode"], metadata["RetryAttempts"]) == (status, wanted - 1)
    assert f"(reached max retries: {wanted - 1})" in str(error)
    assert metadata["MaxAttemptsReached"]
    assert [entry["attempt"] for entry in control.requests(service=service)] == list(range(1, wanted + 1))


@pytest.mark.parametrize("mode", MODES)
def test_own_class(client, sleeps, mode):
    made = client("dynamodb", mode, 2)
    assert isinstance(refused(made, "dynamodb"), made.exceptions.ProvisionedThroughputExceededException)


@pytest.mark.parametrize("mode", MODES)
def test_unauthorized_is_not_retried(control, client, sleeps, mode):
    with pytest.raises(ClientError) as caught:
        client("ec2", mode).describe_vpcs()
    assert caught.value.response["Error"]["Code"] == "UnauthorizedOperation"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert "max retries" not in str(caught.value)
    assert len(control.requests()) == 1
