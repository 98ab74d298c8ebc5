# SPDX-License-Identifier: Apache-2.0
"""The number of requests that botocore makes of one call, for each distinct service, code and status, in each mode.

Runs under both botocores: the catalogue's version, and one with the retry rules of 2026 (`make test` does both).
"""

import pytest

from harness.checks import raised
from harness.clients import SERVICES
from harness.model import pairs, service_model
from harness.params import least_input
from harness.retrying import IS_NEW, attempts
from harness.unmodelled import ALL, OPERATIONS

MODES = ["legacy", "standard", "adaptive"]
# Told by these codes, botocore looks for the bucket's region and may send the request once more, which is no retry.
REDIRECTED = ("AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect")


def cases():
    """One operation for each distinct service, code and status: modelled ones, then the well-known others."""
    seen = {}
    for service in SERVICES:
        for pair in pairs(service):
            if not pair.is_head:
                key = (service, pair.error.code, pair.error.status)
                seen.setdefault(key, (pair.operation, pair.shape, True))
    for known in ALL:
        seen.setdefault((known.service, known.code, known.status), (known.operation, known.code, False))
    return [(*key, *rest) for key, rest in seen.items()]


def count(control, client, mode, service, operation, rule):
    """Requests that a failing call makes, as the journal has them and as the client counts them."""
    control.rules({"match": f"{service}.{operation}"} | rule)
    made = client(service, mode)
    method = {name: method for method, name in made.meta.method_to_api_mapping.items()}[operation]
    error = raised(getattr(made, method), **least_input(service_model(service).operation_model(operation)))
    journal = control.requests(service=service, operation=operation)
    if error.response["Error"]["Code"] in REDIRECTED:
        return len(journal), error
    assert error.response["ResponseMetadata"]["RetryAttempts"] == len(journal) - 1
    assert [entry["attempt"] for entry in journal] == list(range(1, len(journal) + 1))
    assert len({entry["call"] for entry in journal}) == 1
    return len(journal), error


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("service,code,status,operation,name,modelled", cases())
def test_attempts(control, client, sleeps, mode, service, code, status, operation, name, modelled):
    made, error = count(control, client, mode, service, operation, {"error": name})
    expected = attempts(mode, service, shape_or_code(error), status, modelled)
    assert made == expected or code in REDIRECTED and made <= 2
    assert len([wait for wait in sleeps if wait]) == expected - 1
    if expected > 1:
        assert f"(reached max retries: {expected - 1})" in str(error)


def shape_or_code(error):
    """botocore's retry rules see the parsed code; SQS's is the query's."""
    return error.response["Error"]["Code"]


# Measured once with botocore 1.43.11 and written down: operation, rule, attempts in legacy and in standard mode.
MEASURED = [
    ("s3", {"error": {"code": "InternalError"}}, 5, 3),
    ("s3", {"error": {"code": "Bad", "status": 502}}, 5, 3),
    ("s3", {"error": {"code": "SlowDown"}}, 5, 3),
    ("s3", {"error": {"code": "Late", "status": 504}}, 5, 3),
    ("s3", {"raw": {"status": 429}}, 5, 1),
    ("s3", {"raw": {"status": 509}}, 5, 1),
    ("s3", {"error": {"code": "NotImplemented"}}, 1, 1),
    ("s3", {"error": {"code": "Full", "status": 507}}, 1, 1),
    ("s3", {"error": {"code": "RequestTimeout"}}, 5, 3),
    ("s3", {"error": {"code": "RequestTimeout", "status": 408}}, 1, 3),
    ("s3", {"error": {"code": "BadDigest"}}, 5, 1),
    ("s3", {"error": {"code": "SlowDown", "status": 400}}, 1, 3),
    ("s3", {"error": {"code": "RequestTimeTooSkewed"}}, 1, 1),
    ("s3", {"error": {"code": "ExpiredToken"}}, 1, 1),
    ("sqs", {"error": {"code": "RequestThrottled"}}, 5, 3),
    ("sqs", {"error": {"code": "RequestThrottled", "status": 400}}, 1, 3),
    ("sqs", {"error": {"code": "KmsThrottled"}}, 1, 1),
    ("kinesis", {"error": {"code": "ProvisionedThroughputExceededException"}}, 5, 3),
    ("kinesis", {"error": {"code": "KMSThrottlingException"}}, 1, 1),
    ("iam", {"error": {"code": "Throttling"}}, 5, 3),
    ("iam", {"error": {"code": "LimitExceeded"}}, 1, 1),
    ("iam", {"error": {"code": "ConcurrentModification"}}, 1, 1),
    ("iam", {"error": {"code": "ServiceFailure"}}, 5, 3),
    ("cognito-idp", {"error": {"code": "TooManyRequestsException"}}, 1, 3),
    ("cognito-idp", {"error": {"code": "TooManyRequestsException", "status": 429}}, 5, 3),
]


@pytest.mark.skipif(IS_NEW, reason="measured with the old rules")
@pytest.mark.parametrize("service,rule,legacy,standard", MEASURED)
def test_measured(control, client, sleeps, service, rule, legacy, standard):
    found = []
    for mode in MODES:
        control.reset()
        found.append(count(control, client, mode, service, OPERATIONS[service], rule)[0])
    assert found == [legacy, standard, standard]


# The same under the rules of 2026, which read a status of 429 where no modelled error says otherwise.
MEASURED_NEW = [
    ("s3", {"raw": {"status": 429}}, 5, 3),
    ("s3", {"raw": {"status": 509}}, 5, 1),
    ("cognito-idp", {"error": {"code": "TooManyRequestsException", "status": 429}}, 5, 3),
    ("kinesis", {"error": {"code": "LimitReached", "status": 429}}, 5, 3),
    ("kinesis", {"error": {"code": "ResourceNotFoundException", "status": 429}}, 5, 1),
]


@pytest.mark.skipif(not IS_NEW, reason="measured with the new rules")
@pytest.mark.parametrize("service,rule,legacy,standard", MEASURED_NEW)
def test_measured_by_the_new_rules(control, client, sleeps, service, rule, legacy, standard):
    test_measured(control, client, sleeps, service, rule, legacy, standard)


def test_quota_runs_out(control, client, sleeps):
    """500 tokens: 5 a retry under the old rules (51st call), 14 or, for a throttle, 5 under the new."""
    control.rules({"match": "sqs.SendMessage", "error": "InternalError"})
    made = client("sqs", "standard")
    counts = []
    for _ in range(51):
        error = raised(made.send_message, QueueUrl="http://localhost/123456789012/q", MessageBody="m")
        counts.append(error.response["ResponseMetadata"]["RetryAttempts"])
    assert counts[-1] == 0 and error.response["ResponseMetadata"]["RetryQuotaReached"]
    assert counts.count(2) == (17 if IS_NEW else 50)


@pytest.mark.parametrize("millis,most", [(3000, 3.1), (60000, 6.1)])
def test_retry_after_in_milliseconds(control, client, sleeps, millis, most):
    """Obeyed by the new rules, up to 5 s beyond the backoff; the old ones do not read it."""
    control.queues("q")
    rule = {"match": "sqs.SendMessage", "times": 1, "error": "RequestThrottled", "retryAfter": {"millis": millis}}
    control.rules(rule)
    client("sqs", "standard").send_message(QueueUrl="http://localhost/123456789012/q", MessageBody="m")
    assert len(sleeps) == 1
    if IS_NEW:
        assert min(millis / 1000, 5) <= sleeps[0] <= most
    else:
        assert sleeps[0] <= 1
