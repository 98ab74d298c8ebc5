// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What S3's operations need ("Required permissions for Amazon S3 API operations", Amazon S3 User Guide).
enum S3Rights {
    private static let table = ActionTable(
        """
        object GetObject HeadObject=GetObject GetObjectAcl GetObjectTagging GetObjectRetention GetObjectLegalHold
        object GetObjectTorrent GetObjectAttributes SelectObjectContent=GetObject PutObject PutObjectAcl
        object PutObjectTagging PutObjectRetention PutObjectLegalHold CreateMultipartUpload=PutObject
        object UploadPart=PutObject UploadPartCopy=PutObject CompleteMultipartUpload=PutObject CopyObject=PutObject
        object AbortMultipartUpload ListParts=ListMultipartUploadParts DeleteObject DeleteObjectTagging RestoreObject
        object RenameObject=PutObject UpdateObjectEncryption
        bucket ListObjects=ListBucket ListObjectsV2=ListBucket HeadBucket=ListBucket
        bucket ListObjectVersions=ListBucketVersions ListMultipartUploads=ListBucketMultipartUploads
        bucket GetBucketCors=GetBucketCORS PutBucketCors=PutBucketCORS DeleteBucketCors=PutBucketCORS
        bucket DeleteBucketTagging=PutBucketTagging DeleteBucketOwnershipControls=PutBucketOwnershipControls
        bucket GetBucketLifecycle=GetLifecycleConfiguration PutBucketLifecycle=PutLifecycleConfiguration
        bucket GetBucketLifecycleConfiguration=GetLifecycleConfiguration
        bucket PutBucketLifecycleConfiguration=PutLifecycleConfiguration
        bucket DeleteBucketLifecycle=PutLifecycleConfiguration GetBucketEncryption=GetEncryptionConfiguration
        bucket PutBucketEncryption=PutEncryptionConfiguration DeleteBucketEncryption=PutEncryptionConfiguration
        bucket GetBucketNotificationConfiguration=GetBucketNotification
        bucket PutBucketNotificationConfiguration=PutBucketNotification
        bucket GetBucketReplication=GetReplicationConfiguration PutBucketReplication=PutReplicationConfiguration
        bucket DeleteBucketReplication=PutReplicationConfiguration
        bucket GetBucketAccelerateConfiguration=GetAccelerateConfiguration
        bucket PutBucketAccelerateConfiguration=PutAccelerateConfiguration
        bucket GetBucketAnalyticsConfiguration=GetAnalyticsConfiguration
        bucket ListBucketAnalyticsConfigurations=GetAnalyticsConfiguration
        bucket PutBucketAnalyticsConfiguration=PutAnalyticsConfiguration
        bucket DeleteBucketAnalyticsConfiguration=PutAnalyticsConfiguration
        bucket GetBucketInventoryConfiguration=GetInventoryConfiguration
        bucket ListBucketInventoryConfigurations=GetInventoryConfiguration
        bucket PutBucketInventoryConfiguration=PutInventoryConfiguration
        bucket DeleteBucketInventoryConfiguration=PutInventoryConfiguration
        bucket GetBucketMetricsConfiguration=GetMetricsConfiguration
        bucket ListBucketMetricsConfigurations=GetMetricsConfiguration
        bucket PutBucketMetricsConfiguration=PutMetricsConfiguration
        bucket DeleteBucketMetricsConfiguration=PutMetricsConfiguration
        bucket GetBucketIntelligentTieringConfiguration=GetIntelligentTieringConfiguration
        bucket ListBucketIntelligentTieringConfigurations=GetIntelligentTieringConfiguration
        bucket PutBucketIntelligentTieringConfiguration=PutIntelligentTieringConfiguration
        bucket DeleteBucketIntelligentTieringConfiguration=PutIntelligentTieringConfiguration
        bucket GetPublicAccessBlock=GetBucketPublicAccessBlock PutPublicAccessBlock=PutBucketPublicAccessBlock
        bucket DeletePublicAccessBlock=PutBucketPublicAccessBlock
        bucket GetObjectLockConfiguration=GetBucketObjectLockConfiguration
        bucket PutObjectLockConfiguration=PutBucketObjectLockConfiguration
        account ListBuckets=ListAllMyBuckets ListDirectoryBuckets=ListAllMyDirectoryBuckets
        """)

    /// Actions that are called otherwise where a version is named.
    private static let versioned = [
        "GetObject": "GetObjectVersion", "DeleteObject": "DeleteObjectVersion", "GetObjectAcl": "GetObjectVersionAcl",
        "PutObjectAcl": "PutObjectVersionAcl", "GetObjectTagging": "GetObjectVersionTagging",
        "PutObjectTagging": "PutObjectVersionTagging", "DeleteObjectTagging": "DeleteObjectVersionTagging",
        "GetObjectAttributes": "GetObjectVersionAttributes", "GetObjectTorrent": "GetObjectVersionTorrent",
    ]

    static func of(_ call: FakeCall) -> [NeededRight] {
        let (input, operation) = (call.input, call.operation.name)
        let bucket = input["Bucket"]?.string ?? ""
        if operation == "DeleteObjects" { return deletions(input, bucket) }
        let row = table[operation] ?? ActionTable.Row(resource: "bucket", action: operation)
        switch row.resource {
        case "account": return [NeededRight("s3:\(row.action)")]
        case "bucket": return [right(row.action, bucket)] + extras(ofBucket: input, operation, bucket)
        default:
            let key = input["Key"]?.string ?? ""
            let main = right(named(row.action, input["VersionId"]), bucket, key)
            var rights = source(input)
            rights.append(main)
            rights += extras(ofObject: input, operation, bucket, key)
            return rights
        }
    }

    private static func named(_ action: String, _ version: Value?) -> String {
        version == nil ? action : versioned[action] ?? action
    }

    static func right(_ action: String, _ bucket: String, _ key: String? = nil, positions: [Int]? = nil) -> NeededRight
    {
        // Every call of S3 has them made: interpolations would cost three times as much.
        var resource = "arn:aws:s3:::"
        resource.reserveCapacity(14 + bucket.utf8.count + (key?.utf8.count ?? 0))
        resource += bucket
        if let key {
            resource += "/"
            resource += key
        }
        return NeededRight("s3:" + action, on: resource, by: .bucket(bucket, key: key), positions: positions)
    }

    /// Each object of a batch is judged by itself.
    private static func deletions(_ input: Fields, _ bucket: String) -> [NeededRight] {
        let objects = input["Delete"]?.fields?["Objects"]?.list ?? []
        return objects.enumerated().map { index, object in
            let fields = object.fields ?? [:]
            let action = named("DeleteObject", fields["VersionId"])
            return right(action, bucket, fields["Key"]?.string ?? "", positions: [index])
        }
    }

    /// What is copied must be readable.
    private static func source(_ input: Fields) -> [NeededRight] {
        guard let source = input["CopySource"]?.string else { return [] }
        let parts = source.split(separator: "?", maxSplits: 1)
        let path = PercentCoding.lenientText(Array((parts.first ?? "").utf8)[...], plusIsSpace: true)
        let names = path.drop { $0 == "/" }.split(separator: "/", maxSplits: 1).map(String.init)
        guard names.count == 2 else { return [] }
        let action = parts.count == 2 && parts[1].contains("versionId=") ? "GetObjectVersion" : "GetObject"
        return [right(action, names[0], names[1])]
    }

    private static let grants = ["ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP"]

    /// What a call that makes an object sets beside it.
    private static func extras(
        ofObject input: Fields, _ operation: String, _ bucket: String, _ key: String
    ) -> [NeededRight] {
        var actions: [String] = []
        switch operation {
        case "PutObject", "CopyObject", "CreateMultipartUpload":
            if grants.contains(where: { input[$0] != nil }) { actions.append("PutObjectAcl") }
            if input["Tagging"] != nil { actions.append("PutObjectTagging") }
            if input["ObjectLockMode"] != nil { actions.append("PutObjectRetention") }
            if input["ObjectLockLegalHoldStatus"] != nil { actions.append("PutObjectLegalHold") }
        case "GetObjectAttributes": actions.append(named("GetObject", input["VersionId"]))
        case "DeleteObject", "PutObjectRetention":
            if input["BypassGovernanceRetention"] == true { actions.append("BypassGovernanceRetention") }
        default: break
        }
        return actions.map { right($0, bucket, key) }
    }

    private static func extras(ofBucket input: Fields, _ operation: String, _ bucket: String) -> [NeededRight] {
        switch operation {
        case "CreateBucket":
            var actions: [String] = []
            if grants.contains(where: { input[$0] != nil }) { actions.append("PutBucketAcl") }
            if input["ObjectLockEnabledForBucket"] == true {
                actions += ["PutBucketObjectLockConfiguration", "PutBucketVersioning"]
            }
            if input["ObjectOwnership"] != nil { actions.append("PutBucketOwnershipControls") }
            return actions.map { right($0, bucket) }
        case "PutBucketReplication":
            let role = input["ReplicationConfiguration"]?.fields?["Role"]?.string
            return role.map { [.passing($0)] } ?? []
        default: return []
        }
    }
}
