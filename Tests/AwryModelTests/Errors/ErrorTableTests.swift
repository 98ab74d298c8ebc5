// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryModel

/// The tables themselves, and what they say of texts, members and statuses.
@Suite struct ErrorTableTests {
    @Test func everyCodeStandsOnceAndEveryTextHasItsShape() throws {
        for (name, table) in ErrorTable.tables {
            let service = try ErrorDirectoryTests.service(name)
            #expect(Set(table.rows.map(\.code)).count == table.rows.count, "\(name)")
            #expect(Set(table.rows.map(\.shape)).count == table.rows.count, "\(name)")
            for row in table.rows {
                #expect(!row.messages.isEmpty, "\(name) \(row.code)")
                // A line for a modelled error that the model lacks is a misspelling; a status is the model's or ours.
                if row.status == nil { #expect(service.error(row.shape) != nil, "\(name) \(row.code)") }
                if case .named(let operations) = row.scope {
                    for operation in operations {
                        #expect(service.operation(operation) != nil, "\(name) \(row.code): \(operation)")
                    }
                }
            }
            for shape in service.errors.map({ service[$0] }) where ErrorDirectoryTests.faked.contains(name) {
                let text = table.row(shape.name)?.messages.last ?? ErrorFamily.of(shape.name)?.message
                #expect(text != nil, "\(name) \(shape.name) has no text")
            }
        }
        let spellings = ErrorFamily.all.flatMap(\.spellings)
        let doubled = Set(spellings.filter { name in spellings.count { $0 == name } > 1 })
        #expect(doubled.isEmpty)
    }

    /// Every code of the wire's own list, with its status.
    @Test(arguments: [
        (301, "PermanentRedirect"), (307, "TemporaryRedirect"),
        (
            400,
            "AuthorizationHeaderMalformed AuthorizationQueryParametersError BadDigest EntityTooLarge EntityTooSmall "
                + "ExpiredToken IllegalLocationConstraintException IllegalVersioningConfigurationException "
                + "InvalidArgument InvalidBucketName InvalidDigest InvalidEncryptionAlgorithmError "
                + "InvalidLocationConstraint InvalidPart InvalidPartOrder InvalidPolicyDocument InvalidRequest "
                + "InvalidStorageClass InvalidTag InvalidTargetBucketForLogging InvalidToken KMS.NotFoundException "
                + "KMS.DisabledException KMS.KMSInvalidStateException MalformedACLError MalformedPolicy MalformedXML "
                + "MissingSecurityHeader RequestTimeout UnexpectedContent EncryptionTypeMismatch "
                + "IdempotencyParameterMismatch InvalidWriteOffset TooManyParts"
        ),
        (
            403,
            "AccessDenied AccessForbidden CrossLocationLoggingProhibitted InvalidAccessKeyId InvalidObjectState "
                + "RequestTimeTooSkewed SignatureDoesNotMatch ObjectAlreadyInActiveTierError "
                + "ObjectNotInActiveTierError"
        ),
        (
            404,
            "NoSuchBucket NoSuchKey NoSuchVersion NoSuchUpload NoSuchBucketPolicy NoSuchCORSConfiguration "
                + "NoSuchLifecycleConfiguration NoSuchTagSet NoSuchWebsiteConfiguration "
                + "NoSuchPublicAccessBlockConfiguration ReplicationConfigurationNotFoundError "
                + "ObjectLockConfigurationNotFoundError OwnershipControlsNotFoundError NoSuchConfiguration "
                + "NoSuchObjectLockConfiguration"
        ),
        (405, "MethodNotAllowed"),
        (
            409,
            "BucketAlreadyExists BucketAlreadyOwnedByYou BucketNotEmpty ConditionalRequestConflict "
                + "InvalidBucketState OperationAborted"
        ),
        (411, "MissingContentLength"), (412, "PreconditionFailed"), (416, "InvalidRange InvalidPartNumber"),
        (500, "InternalError"), (501, "NotImplemented"), (503, "SlowDown ServiceUnavailable"),
    ])
    func codesOfS3(status: Int, codes: String) throws {
        for code in codes.split(separator: " ").map(String.init) {
            let error = try #require(try ErrorDirectoryTests.resolve(code, "s3.GetObject"), "\(code)")
            #expect(error.code == code && error.shape == code && error.status == status, "\(code)")
        }
    }

    @Test(arguments: [
        ("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400),
        ("QueueNameExists", "QueueAlreadyExists", 400),
        ("QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently", 400),
        ("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400),
        ("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong", 400),
        ("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", 400),
        ("InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", 400),
        ("MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", 400),
        ("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400),
        ("UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400),
        ("PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", 403), ("OverLimit", "OverLimit", 403),
        ("RequestThrottled", "RequestThrottled", 403), ("ResourceNotFoundException", "ResourceNotFoundException", 404),
        ("InvalidAttributeName", "InvalidAttributeName", 400), ("InvalidAttributeValue", "InvalidAttributeValue", 400),
        ("InvalidIdFormat", "InvalidIdFormat", 400), ("InvalidMessageContents", "InvalidMessageContents", 400),
        ("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404), ("InvalidAddress", "InvalidAddress", 404),
        ("InvalidSecurity", "InvalidSecurity", 403), ("KmsAccessDenied", "KMS.AccessDeniedException", 400),
        ("KmsDisabled", "KMS.DisabledException", 400), ("KmsInvalidState", "KMS.InvalidStateException", 400),
        ("KmsNotFound", "KMS.NotFoundException", 400), ("KmsOptInRequired", "KMS.OptInRequired", 403),
        ("KmsThrottled", "KMS.ThrottlingException", 400), ("KmsInvalidKeyUsage", "KMS.InvalidKeyUsageException", 400),
    ])
    func codesOfSQS(shape: String, code: String, status: Int) throws {
        let error = try #require(try ErrorDirectoryTests.resolve(shape, "sqs.SendMessage"))
        #expect(error.shape == shape && error.code == code && error.status == status)
    }

    @Test(arguments: [
        (
            "kinesis.DescribeStream", "ResourceNotFoundException",
            "Stream ${params.StreamName} under account ${account} not found."
        ),
        (
            "kinesis.DescribeStreamConsumer", "ResourceNotFoundException",
            "Consumer ${params.ConsumerARN} under account ${account} not found."
        ),
        (
            "kinesis.PutRecord", "ProvisionedThroughputExceededException",
            "Rate exceeded for shard shardId-000000000000 in stream ${params.StreamName} under account ${account}."
        ),
        ("kinesis.ListStreams", "LimitExceededException", "Rate exceeded for account ${account}."),
        ("iam.GetUser", "NoSuchEntity", "The user with name ${params.UserName} cannot be found."),
        ("iam.GetRole", "NoSuchEntity", "The role with name ${params.RoleName} cannot be found."),
        (
            "iam.GetUser", "AccessDenied",
            "User: arn:aws:iam::${account}:root is not authorized to perform: iam:GetUser "
                + "because no identity-based policy allows the iam:GetUser action"
        ),
        (
            "sts.AssumeRole", "AccessDenied",
            "User: arn:aws:iam::${account}:root is not authorized to perform: sts:AssumeRole "
                + "on resource: ${params.RoleArn}"
        ),
        ("cognito-idp.InitiateAuth", "NotAuthorizedException", "Incorrect username or password."),
        ("cognito-idp.AdminGetUser", "ResourceNotFoundException", "User pool ${params.UserPoolId} does not exist."),
        ("s3.GetObject", "NoSuchBucket", "The specified bucket does not exist"),
        ("s3.GetObject", "AccessDenied", "Access Denied"),
        ("glue.GetTable", "EntityNotFoundException", "The entity was not found."),
        ("elbv2.CreateListener", "DuplicateListener", "Duplicate listener."),
        ("rds.DeleteDBCluster", "DBClusterNotFoundFault", "The DB cluster was not found."),
    ])
    func texts(path: String, name: String, message: String) throws {
        #expect(try ErrorDirectoryTests.resolve(name, path)?.message == message)
    }

    @Test(arguments: [
        ("s3.GetObject", "NoSuchKey", ["Key"]), ("s3.ListBuckets", "NoSuchKey", []),
        ("s3.CreateBucket", "BucketAlreadyExists", ["BucketName"]),
        ("s3.CreateBucket", "BucketAlreadyOwnedByYou", ["BucketName"]),
        ("s3.GetObject", "NoSuchVersion", ["Key", "VersionId"]),
        ("s3.GetObject", "MethodNotAllowed", ["Method", "ResourceType"]),
        ("s3.GetBucketPolicy", "NoSuchBucketPolicy", ["BucketName"]),
        ("s3.GetObject", "InvalidObjectState", ["StorageClass"]),
        ("lambda.Invoke", "TooManyRequestsException", []), ("kinesis.PutRecord", "ResourceNotFoundException", []),
    ])
    func members(path: String, name: String, fields: [String]) throws {
        let error = try #require(try ErrorDirectoryTests.resolve(name, path))
        #expect(Array(error.fields.names) == fields)
        #expect(fields.allSatisfy { error.memberNames.contains($0) })
    }

    @Test func whatTheSDKsRetry() throws {
        let expected: [(String, String, KnownError.Retry)] = [
            ("s3.GetObject", "SlowDown", .throttle), ("s3.GetObject", "InternalError", .transient),
            ("s3.GetObject", "RequestTimeout", .transient), ("s3.GetObject", "BadDigest", .no),
            ("s3.GetObject", "RequestTimeTooSkewed", .no), ("sqs.SendMessage", "OverLimit", .no),
            ("sqs.SendMessage", "KmsThrottled", .no), ("iam.GetUser", "LimitExceeded", .no),
            ("iam.GetUser", "ServiceFailure", .transient),
            ("kinesis.DescribeStream", "LimitExceededException", .throttle),
            ("kinesis.PutRecord", "KMSThrottlingException", .no),
            ("sts.AssumeRoleWithWebIdentity", "IDPCommunicationError", .transient),
            ("cognito-idp.SignUp", "LimitExceededException", .throttle),
        ]
        for (path, name, retry) in expected {
            #expect(try ErrorDirectoryTests.resolve(name, path)?.retry == retry, "\(path) \(name)")
        }
    }
}
