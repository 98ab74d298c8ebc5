// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// S3's errors by name. Codes, statuses and texts are the directory's (`S3Errors`); the elements beside them are said
/// here, for the state knows them.
extension FakeCall {
    /// The error of this code with these elements, and the directory's text unless another is given.
    func refusal(_ code: String, _ elements: Fields = [:], message: String? = nil) -> WireError {
        var refusal = error(code, message)
        refusal.fields = elements
        return refusal
    }

    func noSuchBucket(_ name: String) -> WireError { refusal("NoSuchBucket", ["BucketName": .string(name)]) }

    func invalidBucketName(_ name: String) -> WireError {
        refusal("InvalidBucketName", ["BucketName": .string(name)])
    }

    func noSuchKey(_ key: String) -> WireError { refusal("NoSuchKey", ["Key": .string(key)]) }

    func noSuchVersion(_ key: String, _ id: String) -> WireError {
        refusal("NoSuchVersion", ["Key": .string(key), "VersionId": .string(id)])
    }

    func accessDenied(_ message: String? = nil) -> WireError { refusal("AccessDenied", message: message) }

    func invalidArgument(_ message: String, _ name: String, _ value: String) -> WireError {
        refusal(
            "InvalidArgument", ["ArgumentName": .string(name), "ArgumentValue": .string(value)], message: message)
    }

    func invalidRequest(_ message: String) -> WireError { refusal("InvalidRequest", message: message) }

    func malformedXML() -> WireError { refusal("MalformedXML") }

    /// A bucket is asked for where it is not.
    func permanentRedirect(to region: String, _ bucket: String) -> WireError {
        var redirect = refusal(
            "PermanentRedirect",
            ["Endpoint": .string("\(bucket).s3.\(region).amazonaws.com"), "Bucket": .string(bucket)])
        redirect.headers = [Header("x-amz-bucket-region", region)]
        return redirect
    }

    /// What a bucket lacks is named with the bucket.
    func lacking(_ code: String, _ bucket: String) -> WireError { refusal(code, ["BucketName": .string(bucket)]) }
}
