// SPDX-License-Identifier: Apache-2.0

/// Which operations may find out that they fail after they have sent 200: S3's that copy or assemble for so long that
/// white space keeps the connection alive.
///
/// From the Amazon S3 API Reference: CopyObject, UploadPartCopy and CompleteMultipartUpload.
public enum LateErrors {
    /// The operations' names.
    public static let operations = ["CompleteMultipartUpload", "CopyObject", "UploadPartCopy"]

    /// Whether an operation's 200 may hold an error.
    public static func isPossible(for operation: Operation, of service: Service) -> Bool {
        service.name == "s3" && operations.contains(operation.name)
    }
}
