# SPDX-License-Identifier: Apache-2.0
"""Well-known errors that no service model names: code, status, and the elements that AWS adds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """A code of a service outside its model, with the operation that is asked for it."""

    service: str
    operation: str
    code: str
    status: int
    extras: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.service}-{self.code}-{self.status}"


# One line a status: code, then the elements that AWS sends with it.
S3 = """
400 AuthorizationHeaderMalformed Region
400 AuthorizationQueryParametersError
400 BadDigest
400 EntityTooLarge ProposedSize MaxSizeAllowed
400 EntityTooSmall ProposedSize MinSizeAllowed
400 ExpiredToken
400 IllegalLocationConstraintException
400 IllegalVersioningConfigurationException
400 InvalidArgument ArgumentName ArgumentValue
400 InvalidBucketName BucketName
400 InvalidDigest
400 InvalidEncryptionAlgorithmError
400 InvalidLocationConstraint LocationConstraint
400 InvalidPart UploadId PartNumber ETag
400 InvalidPartOrder UploadId
400 InvalidPolicyDocument
400 InvalidRequest
400 InvalidStorageClass StorageClassRequested
400 InvalidTag TagKey TagValue
400 InvalidTargetBucketForLogging TargetBucket
400 InvalidToken
400 KMS.NotFoundException
400 KMS.DisabledException
400 KMS.KMSInvalidStateException
400 MalformedACLError
400 MalformedPolicy
400 MalformedXML
400 MissingSecurityHeader MissingHeaderName
400 RequestTimeout
400 UnexpectedContent
403 AccessDenied
403 AccessForbidden Method ResourceType
403 CrossLocationLoggingProhibitted
403 InvalidAccessKeyId AWSAccessKeyId
403 RequestTimeTooSkewed RequestTime ServerTime
403 SignatureDoesNotMatch AWSAccessKeyId StringToSign SignatureProvided
404 NoSuchVersion Key VersionId
404 NoSuchBucketPolicy BucketName
404 NoSuchCORSConfiguration BucketName
404 NoSuchLifecycleConfiguration BucketName
404 NoSuchTagSet BucketName
404 NoSuchWebsiteConfiguration BucketName
404 NoSuchPublicAccessBlockConfiguration BucketName
404 ReplicationConfigurationNotFoundError BucketName
404 ObjectLockConfigurationNotFoundError BucketName
404 OwnershipControlsNotFoundError BucketName
404 NoSuchConfiguration
404 NoSuchObjectLockConfiguration
405 MethodNotAllowed Method ResourceType
409 BucketNotEmpty BucketName
409 ConditionalRequestConflict Condition Key
409 InvalidBucketState
409 OperationAborted
411 MissingContentLength
412 PreconditionFailed Condition
416 InvalidRange RangeRequested ActualObjectSize
416 InvalidPartNumber PartNumberRequested ActualPartCount
500 InternalError
501 NotImplemented
503 SlowDown
503 ServiceUnavailable
"""
# The errors that any service may give: XML code, XML status, JSON code, JSON status. S3 words some of them otherwise,
# and the JSON services model an InternalFailure of their own.
COMMON = """
InvalidClientTokenId 403 UnrecognizedClientException 400
SignatureDoesNotMatch 403 InvalidSignatureException 400
MissingAuthenticationToken 403 MissingAuthenticationTokenException 400
IncompleteSignature 400 IncompleteSignatureException 400
ExpiredToken 403 ExpiredTokenException 400
AccessDenied 403 AccessDeniedException 400
RequestExpired 400 RequestExpired 400
Throttling 400 ThrottlingException 400
InvalidAction 400 UnknownOperationException 400
ValidationError 400 ValidationException 400
OptInRequired 403 OptInRequired 403
InternalFailure 500 InternalFailure 500
ServiceUnavailable 503 ServiceUnavailable 503
"""
# Asked of each service for its unmodelled codes.
OPERATIONS = {
    "s3": "GetObject",
    "sqs": "SendMessage",
    "kinesis": "PutRecord",
    "iam": "CreateUser",
    "sts": "GetCallerIdentity",
    "cognito-idp": "InitiateAuth",
    "cognito-identity": "GetId",
}


def s3_known() -> list[Known]:
    rows = [line.split() for line in S3.split("\n") if line]
    return [Known("s3", "GetObject", code, int(status), tuple(extras)) for status, code, *extras in rows]


def common_known() -> list[Known]:
    sqs = {"InternalError": 500, "AccessDenied": 403, "InvalidParameterValue": 400, "MissingParameter": 400}
    found = [Known("sqs", "SendMessage", code, status) for code, status in sqs.items()]
    for line in COMMON.strip().split("\n"):
        xml, xml_status, json, json_status = line.split()
        found += [Known(service, OPERATIONS[service], xml, int(xml_status)) for service in ("iam", "sts")]
        spoken = ("kinesis", "cognito-idp", "cognito-identity")
        if json != "InternalFailure":
            found += [Known(service, OPERATIONS[service], json, int(json_status)) for service in spoken]
    return found


ALL = s3_known() + common_known()
