// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryModel

/// `error: 404`: what a number means.
@Suite struct ErrorStatusTests {
    private func resolve(_ status: Int, _ path: String) throws -> StatusResolution {
        let parts = path.split(separator: ".").map(String.init)
        let service = try ErrorDirectoryTests.service(parts[0])
        let operation = try #require(service.operation(parts[1]))
        return ErrorDirectory.resolve(status: status, operation: operation, service: service)
    }

    @Test(arguments: [
        ("s3.GetObject", 404, "NoSuchKey"), ("s3.HeadObject", 404, "NoSuchKey"), ("s3.CopyObject", 404, "NoSuchKey"),
        ("s3.PutObject", 404, "NoSuchBucket"), ("s3.DeleteObject", 404, "NoSuchBucket"),
        ("s3.HeadBucket", 404, "NoSuchBucket"), ("s3.ListObjectsV2", 404, "NoSuchBucket"),
        ("s3.GetBucketPolicy", 404, "NoSuchBucket"), ("s3.UploadPart", 404, "NoSuchUpload"),
        ("s3.CompleteMultipartUpload", 404, "NoSuchUpload"), ("s3.AbortMultipartUpload", 404, "NoSuchUpload"),
        ("s3.GetObject", 403, "AccessDenied"), ("s3.ListBuckets", 403, "AccessDenied"),
        ("s3.GetObject", 500, "InternalError"), ("s3.GetObject", 503, "SlowDown"),
        ("s3.GetObject", 412, "PreconditionFailed"), ("s3.GetObject", 416, "InvalidRange"),
        ("s3.GetObject", 405, "MethodNotAllowed"), ("s3.GetObject", 304, "NotModified"),
        ("s3.DeleteBucket", 409, "BucketNotEmpty"), ("s3.PutObject", 409, "ConditionalRequestConflict"),
        ("s3.HeadBucket", 301, "PermanentRedirect"), ("iam.GetUser", 404, "NoSuchEntity"),
        ("iam.GetUser", 403, "AccessDenied"), ("iam.GetUser", 500, "ServiceFailure"),
        ("iam.GetUser", 503, "ServiceUnavailable"), ("sts.GetCallerIdentity", 403, "AccessDenied"),
        ("sqs.SendMessage", 500, "InternalError"), ("sqs.SendMessage", 403, "AccessDenied"),
        ("kinesis.PutRecord", 500, "InternalFailureException"), ("kinesis.PutRecord", 503, "ServiceUnavailable"),
        ("cognito-idp.InitiateAuth", 500, "InternalErrorException"), ("lambda.Invoke", 429, "TooManyRequestsException"),
        ("ec2.DescribeInstances", 503, "RequestLimitExceeded"), ("dynamodb.PutItem", 500, "InternalServerError"),
    ])
    func usualErrors(path: String, status: Int, code: String) throws {
        let resolution = try resolve(status, path)
        guard case .one(let error) = resolution else {
            Issue.record("\(resolution)")
            return
        }
        #expect(error.code == code)
        #expect(error.status == status)
    }

    @Test(arguments: [
        ("s3.CreateBucket", 409, ["BucketAlreadyExists", "BucketAlreadyOwnedByYou"]),
        ("kinesis.DescribeStream", 400, ["LimitExceededException", "ResourceNotFoundException"]),
        ("iam.CreateUser", 409, ["EntityAlreadyExists", "LimitExceeded", "ConcurrentModification"]),
    ])
    func severalArePossible(path: String, status: Int, among codes: [String]) throws {
        let resolution = try resolve(status, path)
        guard case .several(let errors) = resolution else {
            Issue.record("\(resolution)")
            return
        }
        #expect(codes.allSatisfy(errors.map(\.code).contains))
        #expect(errors.allSatisfy { $0.status == status })
    }

    @Test(arguments: [("s3.ListBuckets", 404), ("kinesis.PutRecord", 404), ("iam.GetUser", 418), ("iam.GetUser", -1)])
    func noneIsPossible(path: String, status: Int) throws {
        let resolution = try resolve(status, path)
        guard case .none = resolution else {
            Issue.record("\(resolution)")
            return
        }
    }
}
