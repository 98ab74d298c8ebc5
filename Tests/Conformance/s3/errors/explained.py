# SPDX-License-Identifier: Apache-2.0
"""Which errors no state of a bucket can cause: the operations, the codes, and why."""

ALL = ".*"
READS_OF_UPLOADS = "AbortMultipartUpload|ListParts|UploadPart"

EXPLAINED: list[tuple[str, str, str]] = [
    (
        ALL,
        "AuthorizationHeaderMalformed AuthorizationQueryParametersError ExpiredToken InvalidToken InvalidAccessKeyId "
        "RequestTimeTooSkewed SignatureDoesNotMatch",
        "credentials are judged before any state is looked at: the folder `auth`",
    ),
    (ALL, "InvalidURI", "a path that is none is the front's affair"),
    (ALL, "TemporaryRedirect", "the front's, while a bucket is new"),
    (ALL, "OperationAborted", "one operation runs at a time"),
    (ALL, "RequestTimeout AllAccessDisabled", "a scenario's alone"),
    (ALL, "InternalError SlowDown ServiceUnavailable", "a scenario's alone"),
    (ALL, "InvalidArgument InvalidRequest NotImplemented", "any input may be refused so; what S3 looks at is above"),
    (ALL, "MalformedXML UnexpectedContent MethodNotAllowed MissingSecurityHeader", "the same"),
    (".*Create.*|ListBuckets|ListDirectoryBuckets|RenameObject", "AccessDenied", "policies' doing: the folder `auth`"),
    ("CopyObject|Create.*|PutObject", "KMS.NotFoundException KMS.DisabledException KMS.KMSInvalidStateException",
     "there is no KMS whose keys could be missing"),
    ("CreateSession", "InvalidEncryptionAlgorithmError", "a session takes no customer's key"),
    ("CreateBucket", "PermanentRedirect", "it makes a bucket where it is asked"),
    ("CreateBucket", "EntityTooLarge IncompleteBody", "its body is a document"),
    ("CreateBucket", "IllegalLocationConstraintException", "another region's endpoint: test_buckets"),
    ("CreateBucket", "TooManyBuckets", "an account's quota, which a scenario says is reached"),
    ("GetBucketLocation", "PermanentRedirect", "the one operation that every region answers for every bucket"),
    ("GetObjectTorrent", "PermanentRedirect InvalidBucketName KeyTooLongError AccessDenied NoSuchKey NoSuchBucket",
     "S3 gives no torrents any more, of whatever"),
    ("WriteGetObjectResponse", "InvalidEncryptionAlgorithmError InvalidStorageClass KMS.NotFoundException "
     "KMS.DisabledException KMS.KMSInvalidStateException MetadataTooLarge AccessDenied",
     "there is no Object Lambda whose token could be right"),
    ("PutBucketAcl|PutObjectAcl", "BadDigest InvalidDigest", "of a document, which theirs need not have"),
    ("PutBucketAcl|PutObjectAcl|PutObjectRetention", "MissingRequestBodyError", "it may be asked without a body"),
    ("PutObjectLegalHold|PutBucketPolicy", "MissingRequestBodyError", "an empty body is a malformed one"),
    ("PutObject|UploadPart", "MissingRequestBodyError", "an object may be empty"),
    ("PutObject|UploadPart", "EntityTooLarge IncompleteBody MissingContentLength",
     "of the request's length: test_lengths, test_front"),
    ("PutBucket(Analytics|IntelligentTiering|Inventory|Metrics)Configuration", "TooManyConfigurations",
     "a thousand have to be there: settings/test_reports"),
    ("PutBucketReplication", "InvalidBucketState", "nothing here keeps a bucket from it"),
    ("PutObject|CopyObject|DeleteObject", "ConditionalRequestConflict", "one operation runs at a time"),
    ("PutObject", "TooManyParts", "ten thousand appends: AppendsTests"),
    ("DeleteObject", "NoSuchVersion", "what is not there cannot be deleted, and nobody is told"),
    ("GetBucketEncryption", "ServerSideEncryptionConfigurationNotFoundError", "every bucket encrypts since 2023"),
    ("CopyObject", "ObjectNotInActiveTierError", "INTELLIGENT_TIERING never reaches its archives"),
    (READS_OF_UPLOADS, "NoSuchKey", "of an upload there is no object yet"),
    (f"{READS_OF_UPLOADS}|CreateMultipartUpload|(Get|Put|Delete|Update)Object(Acl|Attributes|LegalHold|Retention|"
     "Tagging|Torrent|Encryption)|RestoreObject|SelectObjectContent", "PreconditionFailed", "it takes no condition"),
]  # fmt: skip
