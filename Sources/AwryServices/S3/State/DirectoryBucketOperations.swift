// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What can be done with a directory bucket and its objects ("Directory bucket API operations", Amazon S3 User Guide).
enum DirectoryBucketOperations {
    private static let known: Set<String> = [
        "AbortMultipartUpload", "CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "CreateSession",
        "DeleteBucket", "DeleteBucketEncryption", "DeleteBucketInventoryConfiguration", "DeleteBucketLifecycle",
        "DeleteBucketMetricsConfiguration", "DeleteBucketPolicy", "DeleteBucketTagging", "DeleteObject",
        "DeleteObjects", "GetBucketAbac", "GetBucketEncryption", "GetBucketInventoryConfiguration",
        "GetBucketLifecycleConfiguration", "GetBucketMetricsConfiguration", "GetBucketPolicy", "GetBucketTagging",
        "GetObject", "GetObjectAttributes", "HeadBucket", "HeadObject", "ListBucketInventoryConfigurations",
        "ListBucketMetricsConfigurations", "ListMultipartUploads", "ListObjectsV2", "ListParts", "PutBucketAbac",
        "PutBucketEncryption", "PutBucketInventoryConfiguration", "PutBucketLifecycleConfiguration",
        "PutBucketMetricsConfiguration", "PutBucketPolicy", "PutBucketTagging", "PutObject", "RenameObject",
        "UpdateObjectEncryption", "UploadPart", "UploadPartCopy",
    ]

    /// Refuses any other operation.
    static func check(_ call: FakeCall) throws(WireError) {
        if known.contains(call.operation.name) { return }
        throw call.refusal("NotImplemented", message: "This operation is not supported for directory buckets.")
    }
}
