// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// S3's errors. Its model names 14 for 16 of 111 operations; the others are known from the wire alone.
///
/// Source: "Error responses" of the Amazon S3 API Reference for codes and statuses; texts and elements as S3 answers.
enum S3Errors {
    static let table = ErrorTable(
        throttles: ["SlowDown"],
        rows: redirects + requests + refusals + missing + configurations + settings + conflicts + others)

    /// The region in which a redirected bucket is said to be. S3's SDK needs to be told some other region.
    private static let elsewhere = "us-west-2"
    private static let redirected: Fields = [
        "Endpoint": .string("${params.Bucket}.s3-\(elsewhere).amazonaws.com"), "Bucket": "${params.Bucket}",
    ]
    private static let bucket: Fields = ["BucketName": "${params.Bucket}"]
    private static let malformedXML =
        "The XML you provided was not well-formed or did not validate against our published schema"
    private static let uploads = ErrorRow.Scope.named(["CreateBucket", "PutObject", "UploadPart"])
    private static let encrypted = ErrorRow.Scope.taking(["SSEKMSKeyId"])
    private static let resource: Fields = ["Method": "%METHOD%", "ResourceType": "%RESOURCETYPE%"]

    // 3xx: without the header botocore asks HeadBucket for the region, which is redirected too, without end.
    private static let redirects: [ErrorRow] = [
        ErrorRow(
            "PermanentRedirect", 301,
            "The bucket you are attempting to access must be addressed using the specified endpoint. "
                + "Please send all future requests to this endpoint.",
            fields: redirected, headers: [Header("x-amz-bucket-region", elsewhere)], in: .taking(["Bucket"])),
        ErrorRow(
            "TemporaryRedirect", 307,
            "Please re-send this request to the specified temporary endpoint. "
                + "Continue to use the original request endpoint for future requests.",
            fields: redirected, headers: [Header("x-amz-bucket-region", elsewhere)], in: .taking(["Bucket"])),
        ErrorRow("NotModified", 304, "Not Modified", in: .taking(["IfNoneMatch", "Range"])),
    ]

    private static let requests: [ErrorRow] = [
        ErrorRow(
            "AuthorizationHeaderMalformed", 400,
            "The authorization header is malformed; the region '${region}' is wrong; expecting '\(elsewhere)'",
            fields: ["Region": .string(elsewhere)]),
        ErrorRow(
            "AuthorizationQueryParametersError", 400,
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
                + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."),
        ErrorRow(
            "BadDigest", 400, "The Content-MD5 you specified did not match what we received.",
            extras: ["ExpectedDigest", "CalculatedDigest"], in: .taking(["ContentMD5"])),
        ErrorRow(
            "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size",
            fields: ["MaxSizeAllowed": "5368709120"], extras: ["ProposedSize"], in: uploads),
        ErrorRow(
            "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size",
            fields: ["MinSizeAllowed": "5242880", "PartNumber": "1"], extras: ["ProposedSize", "ETag"],
            in: .named(["CompleteMultipartUpload"])),
        ErrorRow("ExpiredToken", 400, "The provided token has expired.", extras: ["Token-0"]),
        ErrorRow(
            "IllegalLocationConstraintException", 400,
            "The unspecified location constraint is incompatible for the region specific endpoint this request was "
                + "sent to.", in: .named(["CreateBucket"])),
        ErrorRow(
            "IllegalVersioningConfigurationException", 400, "The Versioning element must be specified",
            in: .named(["PutBucketVersioning"])),
        ErrorRow(
            "IncompleteBody", 400,
            "You did not provide the number of bytes specified by the Content-Length HTTP header", in: uploads),
        ErrorRow("InvalidArgument", 400, "Invalid Argument", extras: ["ArgumentName", "ArgumentValue"]),
        ErrorRow(
            "InvalidBucketName", 400, "The specified bucket is not valid.", fields: bucket, in: .taking(["Bucket"])),
        ErrorRow(
            "InvalidDigest", 400, "The Content-MD5 you specified was invalid.",
            fields: ["Content-MD5": "${params.ContentMD5}"], in: .taking(["ContentMD5"])),
        ErrorRow(
            "InvalidEncryptionAlgorithmError", 400,
            "The encryption request you specified is not valid. Supported value: AES256.",
            in: .taking(["ServerSideEncryption"])),
        ErrorRow(
            "InvalidLocationConstraint", 400, "The specified location-constraint is not valid",
            fields: ["LocationConstraint": "${params.CreateBucketConfiguration.LocationConstraint}"],
            in: .named(["CreateBucket"])),
        ErrorRow(
            "InvalidPart", 400,
            "One or more of the specified parts could not be found.  The part may not have been uploaded, or the "
                + "specified entity tag may not match the part's entity tag.",
            fields: ["UploadId": "${params.UploadId}"], extras: ["PartNumber", "ETag"],
            in: .named(["CompleteMultipartUpload"])),
        ErrorRow(
            "InvalidPartOrder", 400,
            "The list of parts was not in ascending order. Parts must be ordered by part number.",
            fields: ["UploadId": "${params.UploadId}"], in: .named(["CompleteMultipartUpload"])),
        ErrorRow(
            "InvalidPolicyDocument", 400,
            "The content of the form does not meet the conditions specified in the policy document.",
            in: .modelledOnly),
        ErrorRow("InvalidRequest", 400, "Invalid Request"),
        ErrorRow(
            "InvalidStorageClass", 400, "The storage class you specified is not valid",
            fields: ["StorageClassRequested": "${params.StorageClass}"], in: .taking(["StorageClass"])),
        ErrorRow(
            "InvalidTag", 400, "The TagValue you have provided is invalid", extras: ["TagKey", "TagValue"],
            in: .taking(["Tagging"])),
        ErrorRow(
            "InvalidTargetBucketForLogging", 400, "The target bucket for logging does not exist",
            fields: ["TargetBucket": "${params.BucketLoggingStatus.LoggingEnabled.TargetBucket}"],
            in: .named(["PutBucketLogging"])),
        ErrorRow(
            "InvalidToken", 400, "The provided token is malformed or otherwise invalid.", extras: ["Token-0"]),
        ErrorRow("InvalidURI", 400, "Couldn't parse the specified URI.", extras: ["URI"]),
        ErrorRow(
            "KMS.NotFoundException", 400, "Key '${params.SSEKMSKeyId}' does not exist", "The key does not exist",
            in: encrypted),
        ErrorRow(
            "KMS.DisabledException", 400, "${params.SSEKMSKeyId} is disabled.", "The key is disabled.", in: encrypted),
        ErrorRow(
            "KMS.KMSInvalidStateException", 400, "${params.SSEKMSKeyId} is pending deletion.",
            "The key is pending deletion.", in: encrypted),
        ErrorRow(
            "KeyTooLongError", 400, "Your key is too long", fields: ["MaxSizeAllowed": "1024"], extras: ["Size"],
            in: .taking(["Key"])),
        ErrorRow("MalformedACLError", 400, malformedXML, in: .taking(["AccessControlPolicy"])),
        ErrorRow(
            "MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{'",
            in: .named(["PutBucketPolicy"])),
        ErrorRow("MalformedXML", 400, malformedXML),
        ErrorRow(
            "MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size",
            fields: ["MaxSizeAllowed": "2048"], extras: ["Size"], in: .taking(["Metadata"])),
        ErrorRow(
            "MissingSecurityHeader", 400, "Your request was missing a required header",
            extras: ["MissingHeaderName"]),
        ErrorRow(
            "RequestTimeout", 400,
            "Your socket connection to the server was not read from or written to within the timeout period. "
                + "Idle connections will be closed."),
        ErrorRow(
            "TooManyBuckets", 400, "You have attempted to create more buckets than allowed",
            in: .named(["CreateBucket"])),
        ErrorRow("UnexpectedContent", 400, "This request does not support content"),
    ]

    private static let refusals: [ErrorRow] = [
        ErrorRow(
            "AccessDenied", 403, "Access Denied",
            extras: ["HeadersNotSigned", "Expires", "ServerTime", "X-Amz-Expires"], isUsual: true),
        ErrorRow(
            "AccessForbidden", 403,
            "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request "
                + "method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by "
                + "the resource's CORS spec.",
            fields: resource, in: .modelledOnly),
        ErrorRow("AllAccessDisabled", 403, "All access to this object has been disabled", in: .taking(["Bucket"])),
        ErrorRow(
            "CrossLocationLoggingProhibitted", 403, "Cross S3 location logging not allowed. ",
            in: .named(["PutBucketLogging"])),
        ErrorRow(
            "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.",
            extras: ["AWSAccessKeyId"]),
        ErrorRow(
            "InvalidObjectState", 403, "The operation is not valid for the object's storage class",
            fields: ["StorageClass": "GLACIER"], extras: ["AccessTier"],
            in: .named(["GetObject", "CopyObject", "UploadPartCopy", "SelectObjectContent"])),
        ErrorRow(
            "RequestTimeTooSkewed", 403,
            "The difference between the request time and the current time is too large.",
            fields: ["ServerTime": "${now}", "MaxAllowedSkewMilliseconds": "900000"], extras: ["RequestTime"]),
        ErrorRow(
            "SignatureDoesNotMatch", 403,
            "The request signature we calculated does not match the signature you provided. "
                + "Check your key and signing method.",
            extras: [
                "AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes", "CanonicalRequest",
                "CanonicalRequestBytes",
            ]),
    ]

    // In this order: the first that applies is what a bare 404 means.
    private static let missing: [ErrorRow] = [
        ErrorRow(
            "NoSuchUpload", 404,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
                + "completed.",
            fields: ["UploadId": "${params.UploadId}"], in: .taking(["UploadId"]), isUsual: true),
        // Who writes or deletes a key is never told that there is none.
        ErrorRow(
            "NoSuchKey", 404, "The specified key does not exist.", fields: ["Key": "${params.Key}"],
            in: .takingBut("Key", ["PutObject", "CreateMultipartUpload", "DeleteObject"]), isUsual: true),
        ErrorRow(
            "NoSuchBucket", 404, "The specified bucket does not exist", fields: bucket,
            in: .takingBut("Bucket", ["CreateBucket"]), isUsual: true),
        ErrorRow(
            "NoSuchVersion", 404, "The specified version does not exist.",
            fields: ["Key": "${params.Key}", "VersionId": "${params.VersionId}"], in: .taking(["Key", "VersionId"])),
    ]
}
