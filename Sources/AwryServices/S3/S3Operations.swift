// SPDX-License-Identifier: Apache-2.0
// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.

/// S3's operations. Each has a property, nil where the operation is not faked; its file supplies it.
protocol S3Operations: FakeService {
    static var abortMultipartUpload: Handler? { get }
    static var completeMultipartUpload: Handler? { get }
    static var copyObject: Handler? { get }
    static var createBucket: Handler? { get }
    static var createBucketMetadataConfiguration: Handler? { get }
    static var createBucketMetadataTableConfiguration: Handler? { get }
    static var createMultipartUpload: Handler? { get }
    static var createSession: Handler? { get }
    static var deleteBucket: Handler? { get }
    static var deleteBucketAnalyticsConfiguration: Handler? { get }
    static var deleteBucketCors: Handler? { get }
    static var deleteBucketEncryption: Handler? { get }
    static var deleteBucketIntelligentTieringConfiguration: Handler? { get }
    static var deleteBucketInventoryConfiguration: Handler? { get }
    static var deleteBucketLifecycle: Handler? { get }
    static var deleteBucketMetadataConfiguration: Handler? { get }
    static var deleteBucketMetadataTableConfiguration: Handler? { get }
    static var deleteBucketMetricsConfiguration: Handler? { get }
    static var deleteBucketOwnershipControls: Handler? { get }
    static var deleteBucketPolicy: Handler? { get }
    static var deleteBucketReplication: Handler? { get }
    static var deleteBucketTagging: Handler? { get }
    static var deleteBucketWebsite: Handler? { get }
    static var deleteObject: Handler? { get }
    static var deleteObjectTagging: Handler? { get }
    static var deleteObjects: Handler? { get }
    static var deletePublicAccessBlock: Handler? { get }
    static var getBucketAbac: Handler? { get }
    static var getBucketAccelerateConfiguration: Handler? { get }
    static var getBucketAcl: Handler? { get }
    static var getBucketAnalyticsConfiguration: Handler? { get }
    static var getBucketCors: Handler? { get }
    static var getBucketEncryption: Handler? { get }
    static var getBucketIntelligentTieringConfiguration: Handler? { get }
    static var getBucketInventoryConfiguration: Handler? { get }
    static var getBucketLifecycle: Handler? { get }
    static var getBucketLifecycleConfiguration: Handler? { get }
    static var getBucketLocation: Handler? { get }
    static var getBucketLogging: Handler? { get }
    static var getBucketMetadataConfiguration: Handler? { get }
    static var getBucketMetadataTableConfiguration: Handler? { get }
    static var getBucketMetricsConfiguration: Handler? { get }
    static var getBucketNotification: Handler? { get }
    static var getBucketNotificationConfiguration: Handler? { get }
    static var getBucketOwnershipControls: Handler? { get }
    static var getBucketPolicy: Handler? { get }
    static var getBucketPolicyStatus: Handler? { get }
    static var getBucketReplication: Handler? { get }
    static var getBucketRequestPayment: Handler? { get }
    static var getBucketTagging: Handler? { get }
    static var getBucketVersioning: Handler? { get }
    static var getBucketWebsite: Handler? { get }
    static var getObject: Handler? { get }
    static var getObjectAcl: Handler? { get }
    static var getObjectAttributes: Handler? { get }
    static var getObjectLegalHold: Handler? { get }
    static var getObjectLockConfiguration: Handler? { get }
    static var getObjectRetention: Handler? { get }
    static var getObjectTagging: Handler? { get }
    static var getObjectTorrent: Handler? { get }
    static var getPublicAccessBlock: Handler? { get }
    static var headBucket: Handler? { get }
    static var headObject: Handler? { get }
    static var listBucketAnalyticsConfigurations: Handler? { get }
    static var listBucketIntelligentTieringConfigurations: Handler? { get }
    static var listBucketInventoryConfigurations: Handler? { get }
    static var listBucketMetricsConfigurations: Handler? { get }
    static var listBuckets: Handler? { get }
    static var listDirectoryBuckets: Handler? { get }
    static var listMultipartUploads: Handler? { get }
    static var listObjectVersions: Handler? { get }
    static var listObjects: Handler? { get }
    static var listObjectsV2: Handler? { get }
    static var listParts: Handler? { get }
    static var putBucketAbac: Handler? { get }
    static var putBucketAccelerateConfiguration: Handler? { get }
    static var putBucketAcl: Handler? { get }
    static var putBucketAnalyticsConfiguration: Handler? { get }
    static var putBucketCors: Handler? { get }
    static var putBucketEncryption: Handler? { get }
    static var putBucketIntelligentTieringConfiguration: Handler? { get }
    static var putBucketInventoryConfiguration: Handler? { get }
    static var putBucketLifecycle: Handler? { get }
    static var putBucketLifecycleConfiguration: Handler? { get }
    static var putBucketLogging: Handler? { get }
    static var putBucketMetricsConfiguration: Handler? { get }
    static var putBucketNotification: Handler? { get }
    static var putBucketNotificationConfiguration: Handler? { get }
    static var putBucketOwnershipControls: Handler? { get }
    static var putBucketPolicy: Handler? { get }
    static var putBucketReplication: Handler? { get }
    static var putBucketRequestPayment: Handler? { get }
    static var putBucketTagging: Handler? { get }
    static var putBucketVersioning: Handler? { get }
    static var putBucketWebsite: Handler? { get }
    static var putObject: Handler? { get }
    static var putObjectAcl: Handler? { get }
    static var putObjectLegalHold: Handler? { get }
    static var putObjectLockConfiguration: Handler? { get }
    static var putObjectRetention: Handler? { get }
    static var putObjectTagging: Handler? { get }
    static var putPublicAccessBlock: Handler? { get }
    static var renameObject: Handler? { get }
    static var restoreObject: Handler? { get }
    static var selectObjectContent: Handler? { get }
    static var updateBucketMetadataInventoryTableConfiguration: Handler? { get }
    static var updateBucketMetadataJournalTableConfiguration: Handler? { get }
    static var updateObjectEncryption: Handler? { get }
    static var uploadPart: Handler? { get }
    static var uploadPartCopy: Handler? { get }
    static var writeGetObjectResponse: Handler? { get }
}

extension S3Operations {
    static var abortMultipartUpload: Handler? { nil }
    static var completeMultipartUpload: Handler? { nil }
    static var copyObject: Handler? { nil }
    static var createBucket: Handler? { nil }
    static var createBucketMetadataConfiguration: Handler? { nil }
    static var createBucketMetadataTableConfiguration: Handler? { nil }
    static var createMultipartUpload: Handler? { nil }
    static var createSession: Handler? { nil }
    static var deleteBucket: Handler? { nil }
    static var deleteBucketAnalyticsConfiguration: Handler? { nil }
    static var deleteBucketCors: Handler? { nil }
    static var deleteBucketEncryption: Handler? { nil }
    static var deleteBucketIntelligentTieringConfiguration: Handler? { nil }
    static var deleteBucketInventoryConfiguration: Handler? { nil }
    static var deleteBucketLifecycle: Handler? { nil }
    static var deleteBucketMetadataConfiguration: Handler? { nil }
    static var deleteBucketMetadataTableConfiguration: Handler? { nil }
    static var deleteBucketMetricsConfiguration: Handler? { nil }
    static var deleteBucketOwnershipControls: Handler? { nil }
    static var deleteBucketPolicy: Handler? { nil }
    static var deleteBucketReplication: Handler? { nil }
    static var deleteBucketTagging: Handler? { nil }
    static var deleteBucketWebsite: Handler? { nil }
    static var deleteObject: Handler? { nil }
    static var deleteObjectTagging: Handler? { nil }
    static var deleteObjects: Handler? { nil }
    static var deletePublicAccessBlock: Handler? { nil }
    static var getBucketAbac: Handler? { nil }
    static var getBucketAccelerateConfiguration: Handler? { nil }
    static var getBucketAcl: Handler? { nil }
    static var getBucketAnalyticsConfiguration: Handler? { nil }
    static var getBucketCors: Handler? { nil }
    static var getBucketEncryption: Handler? { nil }
    static var getBucketIntelligentTieringConfiguration: Handler? { nil }
    static var getBucketInventoryConfiguration: Handler? { nil }
    static var getBucketLifecycle: Handler? { nil }
    static var getBucketLifecycleConfiguration: Handler? { nil }
    static var getBucketLocation: Handler? { nil }
    static var getBucketLogging: Handler? { nil }
    static var getBucketMetadataConfiguration: Handler? { nil }
    static var getBucketMetadataTableConfiguration: Handler? { nil }
    static var getBucketMetricsConfiguration: Handler? { nil }
    static var getBucketNotification: Handler? { nil }
    static var getBucketNotificationConfiguration: Handler? { nil }
    static var getBucketOwnershipControls: Handler? { nil }
    static var getBucketPolicy: Handler? { nil }
    static var getBucketPolicyStatus: Handler? { nil }
    static var getBucketReplication: Handler? { nil }
    static var getBucketRequestPayment: Handler? { nil }
    static var getBucketTagging: Handler? { nil }
    static var getBucketVersioning: Handler? { nil }
    static var getBucketWebsite: Handler? { nil }
    static var getObject: Handler? { nil }
    static var getObjectAcl: Handler? { nil }
    static var getObjectAttributes: Handler? { nil }
    static var getObjectLegalHold: Handler? { nil }
    static var getObjectLockConfiguration: Handler? { nil }
    static var getObjectRetention: Handler? { nil }
    static var getObjectTagging: Handler? { nil }
    static var getObjectTorrent: Handler? { nil }
    static var getPublicAccessBlock: Handler? { nil }
    static var headBucket: Handler? { nil }
    static var headObject: Handler? { nil }
    static var listBucketAnalyticsConfigurations: Handler? { nil }
    static var listBucketIntelligentTieringConfigurations: Handler? { nil }
    static var listBucketInventoryConfigurations: Handler? { nil }
    static var listBucketMetricsConfigurations: Handler? { nil }
    static var listBuckets: Handler? { nil }
    static var listDirectoryBuckets: Handler? { nil }
    static var listMultipartUploads: Handler? { nil }
    static var listObjectVersions: Handler? { nil }
    static var listObjects: Handler? { nil }
    static var listObjectsV2: Handler? { nil }
    static var listParts: Handler? { nil }
    static var putBucketAbac: Handler? { nil }
    static var putBucketAccelerateConfiguration: Handler? { nil }
    static var putBucketAcl: Handler? { nil }
    static var putBucketAnalyticsConfiguration: Handler? { nil }
    static var putBucketCors: Handler? { nil }
    static var putBucketEncryption: Handler? { nil }
    static var putBucketIntelligentTieringConfiguration: Handler? { nil }
    static var putBucketInventoryConfiguration: Handler? { nil }
    static var putBucketLifecycle: Handler? { nil }
    static var putBucketLifecycleConfiguration: Handler? { nil }
    static var putBucketLogging: Handler? { nil }
    static var putBucketMetricsConfiguration: Handler? { nil }
    static var putBucketNotification: Handler? { nil }
    static var putBucketNotificationConfiguration: Handler? { nil }
    static var putBucketOwnershipControls: Handler? { nil }
    static var putBucketPolicy: Handler? { nil }
    static var putBucketReplication: Handler? { nil }
    static var putBucketRequestPayment: Handler? { nil }
    static var putBucketTagging: Handler? { nil }
    static var putBucketVersioning: Handler? { nil }
    static var putBucketWebsite: Handler? { nil }
    static var putObject: Handler? { nil }
    static var putObjectAcl: Handler? { nil }
    static var putObjectLegalHold: Handler? { nil }
    static var putObjectLockConfiguration: Handler? { nil }
    static var putObjectRetention: Handler? { nil }
    static var putObjectTagging: Handler? { nil }
    static var putPublicAccessBlock: Handler? { nil }
    static var renameObject: Handler? { nil }
    static var restoreObject: Handler? { nil }
    static var selectObjectContent: Handler? { nil }
    static var updateBucketMetadataInventoryTableConfiguration: Handler? { nil }
    static var updateBucketMetadataJournalTableConfiguration: Handler? { nil }
    static var updateObjectEncryption: Handler? { nil }
    static var uploadPart: Handler? { nil }
    static var uploadPartCopy: Handler? { nil }
    static var writeGetObjectResponse: Handler? { nil }

    static func handler(_ operation: String) -> Handler? {
        switch operation {
        case "AbortMultipartUpload": abortMultipartUpload
        case "CompleteMultipartUpload": completeMultipartUpload
        case "CopyObject": copyObject
        case "CreateBucket": createBucket
        case "CreateBucketMetadataConfiguration": createBucketMetadataConfiguration
        case "CreateBucketMetadataTableConfiguration": createBucketMetadataTableConfiguration
        case "CreateMultipartUpload": createMultipartUpload
        case "CreateSession": createSession
        case "DeleteBucket": deleteBucket
        case "DeleteBucketAnalyticsConfiguration": deleteBucketAnalyticsConfiguration
        case "DeleteBucketCors": deleteBucketCors
        case "DeleteBucketEncryption": deleteBucketEncryption
        case "DeleteBucketIntelligentTieringConfiguration": deleteBucketIntelligentTieringConfiguration
        case "DeleteBucketInventoryConfiguration": deleteBucketInventoryConfiguration
        case "DeleteBucketLifecycle": deleteBucketLifecycle
        case "DeleteBucketMetadataConfiguration": deleteBucketMetadataConfiguration
        case "DeleteBucketMetadataTableConfiguration": deleteBucketMetadataTableConfiguration
        case "DeleteBucketMetricsConfiguration": deleteBucketMetricsConfiguration
        case "DeleteBucketOwnershipControls": deleteBucketOwnershipControls
        case "DeleteBucketPolicy": deleteBucketPolicy
        case "DeleteBucketReplication": deleteBucketReplication
        case "DeleteBucketTagging": deleteBucketTagging
        case "DeleteBucketWebsite": deleteBucketWebsite
        case "DeleteObject": deleteObject
        case "DeleteObjectTagging": deleteObjectTagging
        case "DeleteObjects": deleteObjects
        case "DeletePublicAccessBlock": deletePublicAccessBlock
        case "GetBucketAbac": getBucketAbac
        case "GetBucketAccelerateConfiguration": getBucketAccelerateConfiguration
        case "GetBucketAcl": getBucketAcl
        case "GetBucketAnalyticsConfiguration": getBucketAnalyticsConfiguration
        case "GetBucketCors": getBucketCors
        case "GetBucketEncryption": getBucketEncryption
        case "GetBucketIntelligentTieringConfiguration": getBucketIntelligentTieringConfiguration
        case "GetBucketInventoryConfiguration": getBucketInventoryConfiguration
        case "GetBucketLifecycle": getBucketLifecycle
        case "GetBucketLifecycleConfiguration": getBucketLifecycleConfiguration
        case "GetBucketLocation": getBucketLocation
        case "GetBucketLogging": getBucketLogging
        case "GetBucketMetadataConfiguration": getBucketMetadataConfiguration
        case "GetBucketMetadataTableConfiguration": getBucketMetadataTableConfiguration
        case "GetBucketMetricsConfiguration": getBucketMetricsConfiguration
        case "GetBucketNotification": getBucketNotification
        case "GetBucketNotificationConfiguration": getBucketNotificationConfiguration
        case "GetBucketOwnershipControls": getBucketOwnershipControls
        case "GetBucketPolicy": getBucketPolicy
        case "GetBucketPolicyStatus": getBucketPolicyStatus
        case "GetBucketReplication": getBucketReplication
        case "GetBucketRequestPayment": getBucketRequestPayment
        case "GetBucketTagging": getBucketTagging
        case "GetBucketVersioning": getBucketVersioning
        case "GetBucketWebsite": getBucketWebsite
        case "GetObject": getObject
        case "GetObjectAcl": getObjectAcl
        case "GetObjectAttributes": getObjectAttributes
        case "GetObjectLegalHold": getObjectLegalHold
        case "GetObjectLockConfiguration": getObjectLockConfiguration
        case "GetObjectRetention": getObjectRetention
        case "GetObjectTagging": getObjectTagging
        case "GetObjectTorrent": getObjectTorrent
        case "GetPublicAccessBlock": getPublicAccessBlock
        case "HeadBucket": headBucket
        case "HeadObject": headObject
        case "ListBucketAnalyticsConfigurations": listBucketAnalyticsConfigurations
        case "ListBucketIntelligentTieringConfigurations": listBucketIntelligentTieringConfigurations
        case "ListBucketInventoryConfigurations": listBucketInventoryConfigurations
        case "ListBucketMetricsConfigurations": listBucketMetricsConfigurations
        case "ListBuckets": listBuckets
        case "ListDirectoryBuckets": listDirectoryBuckets
        case "ListMultipartUploads": listMultipartUploads
        case "ListObjectVersions": listObjectVersions
        case "ListObjects": listObjects
        case "ListObjectsV2": listObjectsV2
        case "ListParts": listParts
        case "PutBucketAbac": putBucketAbac
        case "PutBucketAccelerateConfiguration": putBucketAccelerateConfiguration
        case "PutBucketAcl": putBucketAcl
        case "PutBucketAnalyticsConfiguration": putBucketAnalyticsConfiguration
        case "PutBucketCors": putBucketCors
        case "PutBucketEncryption": putBucketEncryption
        case "PutBucketIntelligentTieringConfiguration": putBucketIntelligentTieringConfiguration
        case "PutBucketInventoryConfiguration": putBucketInventoryConfiguration
        case "PutBucketLifecycle": putBucketLifecycle
        case "PutBucketLifecycleConfiguration": putBucketLifecycleConfiguration
        case "PutBucketLogging": putBucketLogging
        case "PutBucketMetricsConfiguration": putBucketMetricsConfiguration
        case "PutBucketNotification": putBucketNotification
        case "PutBucketNotificationConfiguration": putBucketNotificationConfiguration
        case "PutBucketOwnershipControls": putBucketOwnershipControls
        case "PutBucketPolicy": putBucketPolicy
        case "PutBucketReplication": putBucketReplication
        case "PutBucketRequestPayment": putBucketRequestPayment
        case "PutBucketTagging": putBucketTagging
        case "PutBucketVersioning": putBucketVersioning
        case "PutBucketWebsite": putBucketWebsite
        case "PutObject": putObject
        case "PutObjectAcl": putObjectAcl
        case "PutObjectLegalHold": putObjectLegalHold
        case "PutObjectLockConfiguration": putObjectLockConfiguration
        case "PutObjectRetention": putObjectRetention
        case "PutObjectTagging": putObjectTagging
        case "PutPublicAccessBlock": putPublicAccessBlock
        case "RenameObject": renameObject
        case "RestoreObject": restoreObject
        case "SelectObjectContent": selectObjectContent
        case "UpdateBucketMetadataInventoryTableConfiguration": updateBucketMetadataInventoryTableConfiguration
        case "UpdateBucketMetadataJournalTableConfiguration": updateBucketMetadataJournalTableConfiguration
        case "UpdateObjectEncryption": updateObjectEncryption
        case "UploadPart": uploadPart
        case "UploadPartCopy": uploadPartCopy
        case "WriteGetObjectResponse": writeGetObjectResponse
        default: nil
        }
    }
}
