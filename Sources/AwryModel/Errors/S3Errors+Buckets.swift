// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3Errors {
    private static let ownBucket: Fields = ["BucketName": "${params.Bucket}"]

    private static func configuration(_ code: String, _ message: String, _ operations: String...) -> ErrorRow {
        ErrorRow(code, 404, message, fields: ownBucket, in: .named(operations))
    }

    /// What a bucket may lack.
    static let configurations: [ErrorRow] = [
        configuration(
            "NoSuchBucketPolicy", "The bucket policy does not exist", "GetBucketPolicy", "GetBucketPolicyStatus"),
        configuration("NoSuchCORSConfiguration", "The CORS configuration does not exist", "GetBucketCors"),
        configuration(
            "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist",
            "GetBucketLifecycle", "GetBucketLifecycleConfiguration"),
        configuration("NoSuchTagSet", "The TagSet does not exist", "GetBucketTagging"),
        configuration(
            "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration",
            "GetBucketWebsite"),
        configuration(
            "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found",
            "GetPublicAccessBlock"),
        configuration(
            "ReplicationConfigurationNotFoundError", "The replication configuration was not found",
            "GetBucketReplication"),
        configuration(
            "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket",
            "GetObjectLockConfiguration"),
        configuration(
            "OwnershipControlsNotFoundError", "The bucket ownership controls were not found",
            "GetBucketOwnershipControls"),
        configuration(
            "ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found",
            "GetBucketEncryption"),
        ErrorRow(
            "NoSuchConfiguration", 404, "The specified configuration does not exist.",
            in: .named([
                "GetBucketAnalyticsConfiguration", "GetBucketIntelligentTieringConfiguration",
                "GetBucketInventoryConfiguration", "GetBucketMetricsConfiguration",
                "DeleteBucketAnalyticsConfiguration", "DeleteBucketIntelligentTieringConfiguration",
                "DeleteBucketInventoryConfiguration", "DeleteBucketMetricsConfiguration",
            ])),
        ErrorRow(
            "MetadataConfigurationNotFound", 404, "The metadata configuration was not found", fields: ownBucket,
            in: .named([
                "GetBucketMetadataConfiguration", "DeleteBucketMetadataConfiguration",
                "GetBucketMetadataTableConfiguration", "DeleteBucketMetadataTableConfiguration",
                "UpdateBucketMetadataInventoryTableConfiguration", "UpdateBucketMetadataJournalTableConfiguration",
            ])),
        ErrorRow(
            "NoSuchObjectLockConfiguration", 404, "The specified object does not have a ObjectLock configuration",
            in: .named(["GetObjectRetention", "GetObjectLegalHold"])),
    ]

    /// What of a configuration that is put is refused, by more than its schema.
    static let settings: [ErrorRow] = [
        ErrorRow(
            "AccessControlListNotSupported", 400, "The bucket does not allow ACLs",
            in: .named([
                "PutBucketAcl", "PutObjectAcl", "PutObject", "CopyObject", "CreateMultipartUpload",
            ])),
        ErrorRow(
            "InvalidBucketAclWithObjectOwnership", 400,
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
            in: .named(["CreateBucket", "PutBucketOwnershipControls"])),
        ErrorRow(
            "InvalidBucketAclWithBlockPublicAccessError", 400,
            "Bucket cannot have public ACLs set with BlockPublicAccess enabled", in: .named(["CreateBucket"])),
        ErrorRow(
            "IdMismatch", 400, "Document ID does not match the specified configuration ID.", in: .named(named)),
        ErrorRow("InvalidConfigurationId", 400, "The specified configuration id is invalid.", in: .named(named)),
        ErrorRow(
            "InvalidS3DestinationBucket", 400, "Invalid bucket ARN.",
            in: .named(["PutBucketInventoryConfiguration", "PutBucketAnalyticsConfiguration"])),
        ErrorRow(
            "TooManyConfigurations", 400,
            "You are attempting to create a new configuration but have already reached the 1,000-configuration limit.",
            in: .named(named)),
        ErrorRow("MissingRequestBodyError", 400, "Request Body is empty", in: .taking(["ContentMD5"])),
    ]

    /// What puts one of a bucket's documents that have ids.
    private static let named = [
        "PutBucketAnalyticsConfiguration", "PutBucketIntelligentTieringConfiguration",
        "PutBucketInventoryConfiguration", "PutBucketMetricsConfiguration",
    ]

    static let conflicts: [ErrorRow] = [
        ErrorRow(
            "BucketAlreadyExists", 409,
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
                + "Please select a different name and try again.",
            fields: ownBucket, in: .named(["CreateBucket"])),
        ErrorRow(
            "BucketAlreadyOwnedByYou", 409,
            "Your previous request to create the named bucket succeeded and you already own it.",
            fields: ownBucket, in: .named(["CreateBucket"])),
        ErrorRow(
            "BucketNotEmpty", 409, "The bucket you tried to delete is not empty", fields: ownBucket,
            in: .named(["DeleteBucket"]), isUsual: true),
        ErrorRow(
            "ConditionalRequestConflict", 409,
            "The conditional request cannot succeed due to a conflicting operation against this resource.",
            fields: ["Condition": "%CONDITION%", "Key": "${params.Key}"],
            in: .named(["PutObject", "CompleteMultipartUpload", "CopyObject", "DeleteObject"]), isUsual: true),
        ErrorRow(
            "InvalidBucketState", 409, "The request is not valid with the current state of the bucket.",
            in: .named(["PutBucketVersioning", "PutObjectLockConfiguration", "PutBucketReplication"])),
        ErrorRow(
            "OperationAborted", 409,
            "A conflicting conditional operation is currently in progress against this resource. Please try again.",
            in: .taking(["Bucket"])),
        ErrorRow(
            "RestoreAlreadyInProgress", 409, "Object restore is already in progress", in: .named(["RestoreObject"]),
            isUsual: true),
    ]

    static let others: [ErrorRow] = [
        ErrorRow(
            "MethodNotAllowed", 405, "The specified method is not allowed against this resource.",
            fields: ["Method": "%METHOD%", "ResourceType": "%RESOURCETYPE%"]),
        ErrorRow(
            "MissingContentLength", 411, "You must provide the Content-Length HTTP header.",
            in: .named(["PutObject", "UploadPart"])),
        ErrorRow(
            "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold",
            fields: ["Condition": "%CONDITION%"], in: .taking(["Key"])),
        ErrorRow(
            "InvalidRange", 416, "The requested range is not satisfiable",
            fields: ["RangeRequested": "${params.Range}"], extras: ["ActualObjectSize"], in: .taking(["Range"]),
            isUsual: true),
        ErrorRow(
            "InvalidPartNumber", 416, "The requested partnumber is not satisfiable",
            fields: ["PartNumberRequested": "${params.PartNumber}"], extras: ["ActualPartCount"],
            in: .named(["GetObject", "HeadObject"])),
        ErrorRow("InternalError", 500, "We encountered an internal error. Please try again.", isUsual: true),
        ErrorRow(
            "NotImplemented", 501, "A header you provided implies functionality that is not implemented",
            extras: ["Header", "additionalMessage"]),
        ErrorRow("SlowDown", 503, "Please reduce your request rate.", isUsual: true),
        ErrorRow("ServiceUnavailable", 503, "Service is unable to handle request."),
        .text("EncryptionTypeMismatch", ["The encryption type does not match that of the existing object."]),
        .text("IdempotencyParameterMismatch", ["The parameters do not match those of the earlier request."]),
        .text("InvalidWriteOffset", ["The write offset does not match the size of the object."]),
        .text("ObjectAlreadyInActiveTierError", ["The object is in an active storage tier already."]),
        .text("ObjectNotInActiveTierError", ["The source object is not in an active storage tier."]),
        .text("TooManyParts", ["The object has as many parts as it may have."]),
    ]
}
