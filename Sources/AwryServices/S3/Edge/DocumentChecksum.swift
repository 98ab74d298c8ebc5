// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryModel

/// The checksums that come in the headers of XML documents, which no member of an input shows ("Checking object
/// integrity", Amazon S3 User Guide).
extension FakeCall {
    /// Operations that S3 carries out only with a checksum of their document (the pages of these operations in the
    /// Amazon S3 API Reference, `Content-MD5`).
    private static let wanting: Set<String> = [
        "DeleteObjects", "PutBucketCors", "PutBucketLifecycle", "PutBucketLifecycleConfiguration",
        "PutBucketReplication", "PutBucketTagging", "PutObjectLegalHold", "PutObjectLockConfiguration",
        "PutObjectRetention",
    ]

    /// Refuses a document that is not what its headers say, or that lacks the header which S3 wants. `header` gives the
    /// value of a header by its name in lower case.
    public func checkDocument(_ document: Blob, header: (String) -> String?) throws(WireError) {
        // Its headers tell of the object that it makes.
        if operation.name == "CompleteMultipartUpload" { return }
        let md5 = header("content-md5")
        if let md5 { try checkMD5(md5, of: document) }
        if let given = try GivenChecksum(self, value: { header($0.header) }) {
            try given.check(ObjectBody(document), self)
        } else if header("x-amz-sdk-checksum-algorithm") != nil {
            throw checksumIsMissing
        } else if md5 == nil, Self.wanting.contains(operation.name) {
            throw invalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*")
        }
    }
}
