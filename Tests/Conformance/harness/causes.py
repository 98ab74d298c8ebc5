# SPDX-License-Identifier: Apache-2.0
"""Other answers that make a program meet the exceptions of Fixtures/botocore, and the classes that no answer causes."""

from collections.abc import Callable
from dataclasses import dataclass

from .program import Program
from .provoking import OBJECT, reader, send_as

JSON = {"Content-Type": "application/x-amz-json-1.0"}
SEND, GET, ROLE = "sqs.SendMessage", "s3.GetObject", "imds.GetRoleCredentials"


@dataclass(frozen=True)
class Cause:
    """The scenario whose exception this is, the rule that takes its place, the program where it is another one, and
    the attempts in the legacy and in the standard retry mode."""

    fixture: str
    rule: dict
    act: Callable[[Program], object] | None = None
    attempts: tuple[int, int] = (1, 1)


def raw(status, body="", headers={}):
    return {"raw": {"status": status, "headers": headers, "body": body}}


def sign_in(error):
    return {"error": {"code": "AccessDeniedException", "fields": {"error": error}}}


def read_shard(program):
    kinesis = program.client("kinesis")
    asked = reader(kinesis) | {"StartingPosition": {"Type": "LATEST"}}
    return list(kinesis.subscribe_to_shard(**asked)["EventStream"])


def in_time(program):
    return program.impatient("s3").get_object(**OBJECT)["Body"].read()


def copy(program):
    return program.client("s3").copy_object(**OBJECT, CopySource="reports/original")


def renew(program):
    """Credentials that came as they should, and are to be renewed."""
    session = program.instance()
    found = session.get_credentials()
    found._expiry_time = found._time_fetcher()
    return send_as(session, program.endpoint)


def causes():
    many = {f"x-{number}": "1" for number in range(101)}
    for fault in ("reset", "garbage", "truncate", "resetMidBody"):
        yield Cause("connection-closed-error", {"match": SEND, "connection": fault}, None, (5, 3))
    yield Cause("connection-closed-error", {"match": SEND} | raw(200, "{}", JSON | many), None, (5, 3))
    yield Cause("read-timeout-error", {"match": SEND, "connection": "stall"}, None, (5, 3))
    yield Cause("read-timeout-error", {"match": GET, "connection": {"fault": "stall", "after": 9}}, in_time)
    for fault in ("resetMidBody", "badChunk"):
        yield Cause("response-streaming-error", {"match": GET, "connection": {"fault": fault, "after": 9}})
    wrong = {"respond": {"Body": "an object"}, "headers": {"x-amz-checksum-crc32": "AAAAAA=="}}
    yield Cause("flexible-checksum-error", {"match": GET} | wrong)
    yield Cause("client-error", {"match": GET} | raw(404, "<html>not here</html>"))
    yield Cause("client-error", {"match": GET} | raw(503, "<html>busy</html>"), None, (5, 3))
    yield Cause("client-error", {"match": "s3.CopyObject", "late": {"error": "InternalError"}}, copy, (5, 3))
    shard = {"match": "kinesis.SubscribeToShard", "events": {"error": "ResourceNotFoundException"}}
    yield Cause("event-stream-error", shard, read_shard)
    yield Cause("response-parser-error", {"match": "iam.ListUsers"} | raw(400, "<Error"))
    yield Cause("response-parser-error", {"match": "iam.ListUsers"} | raw(400))
    yield Cause("attribute-error", {"match": "kinesis.ListStreams"} | raw(400, "[]", JSON))
    yield Cause("protocol-error", {"match": "s3.SelectObjectContent", "connection": "resetMidBody"})
    for answer in (raw(200), raw(200, "<html>captive portal</html>"), {"connection": "reset"}, {"error": "NotFound"}):
        yield Cause("no-credentials-error", {"match": ROLE} | answer)
    refusal = {"respond": {"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role."}}
    yield Cause("no-credentials-error", {"match": ROLE} | refusal)
    yield Cause("credential-retrieval-error", {"match": ROLE, "nth": "2-", "error": "NotFound"}, renew)
    yield Cause("key-error", {"match": "signin.*"} | raw(200, "{}"), lambda p: send_as(p.signed_in(), p.endpoint))
    yield Cause("login-refresh-required", {"match": "signin.*"} | sign_in("USER_CREDENTIALS_CHANGED"))


CAUSES = list(causes())

BASES = """
    BotoCoreError ConnectionError ValidationError SSOError EndpointProviderError BaseEndpointResolverError
    StubResponseError UndefinedModelAttributeError
"""
# Of local files, settings and the environment; of the caller's arguments; of the stubber, and warnings.
OWN = """
    DataNotFoundError UnknownServiceError UnknownRegionError ApiVersionNotFoundError PartialCredentialsError
    NoAuthTokenError NoRegionError EndpointVariantError UnknownEndpointError UnknownFIPSEndpointError
    ServiceNotInRegionError ProfileNotFound ConfigParseError ConfigNotFound InvalidConfigError InfiniteLoopConfigError
    InvalidIMDSEndpointError InvalidIMDSEndpointModeError InvalidProxiesConfigError InvalidDefaultsMode
    InvalidChecksumConfigError InvalidEndpointConfigurationError InvalidEndpointDiscoveryConfigurationError
    InvalidRetryConfigurationError InvalidMaxRetryAttemptsError InvalidRetryModeError InvalidS3AddressingStyleError
    InvalidS3UsEast1RegionalEndpointConfigError InvalidSTSRegionalEndpointsConfigError SSOTokenLoadError
    LoginTokenLoadError LoginAuthorizationCodeError MD5UnavailableError MissingDependencyException
    MissingServiceIdError UnsupportedServiceProtocolsError UnknownSignatureVersionError
    UnsupportedSignatureVersionError UnknownEndpointResolutionBuiltInName WaiterConfigError

    MissingParametersError UnknownKeyError RangeError UnknownParameterError AliasConflictParameterError
    UnknownServiceStyle OperationNotPageableError InvalidExpressionError UnknownCredentialError
    UnknownClientMethodError InvalidDNSNameError InvalidHostLabelError UnsupportedS3ArnError
    UnsupportedS3ControlArnError UnsupportedOutpostResourceError UnsupportedS3ConfigurationError
    UnsupportedS3AccesspointConfigurationError UnsupportedS3ControlConfigurationError AwsChunkedWrapperError
    CapacityNotAvailableError

    StubAssertionError UnStubbedResponseError UnsupportedTLSVersionWarning ImminentRemovalWarning
"""
