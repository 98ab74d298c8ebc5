// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryModel

/// Names of errors as people write them, and what goes over the wire.
@Suite struct ErrorSpellingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let name: String
        let code: String
        let status: Int
        var testDescription: String { "\(path) \(name)" }

        init(_ path: String, _ name: String, _ code: String, _ status: Int) {
            (self.path, self.name, self.code, self.status) = (path, name, code, status)
        }
    }

    @Test(arguments: [
        Case("s3.GetObject", "AccessDeniedException", "AccessDenied", 403),
        Case("s3.UpdateObjectEncryption", "AccessDeniedException", "AccessDenied", 403),
        Case("s3.GetObject", "InvalidClientTokenId", "InvalidAccessKeyId", 403),
        Case("s3.GetObject", "UnrecognizedClientException", "InvalidAccessKeyId", 403),
        Case("s3.GetObject", "InternalFailure", "InternalError", 500),
        Case("s3.GetObject", "ExpiredTokenException", "ExpiredToken", 400),
        Case("s3.GetObject", "InvalidSignatureException", "SignatureDoesNotMatch", 403),
        Case("s3.GetObject", "ServiceUnavailableException", "ServiceUnavailable", 503),
        Case("sqs.SendMessage", "AccessDeniedException", "AccessDenied", 403),
        Case("sqs.SendMessage", "AccessDenied", "AccessDenied", 403),
        Case("sqs.SendMessage", "InternalFailure", "InternalError", 500),
        Case("sqs.SendMessage", "MissingParameterException", "MissingParameter", 400),
        Case("sqs.SendMessage", "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400),
        Case(
            "sqs.SendMessage", "AWS.SimpleQueueService.NonExistentQueue", "AWS.SimpleQueueService.NonExistentQueue", 400
        ),
        Case("sqs.SendMessage", "KmsThrottled", "KMS.ThrottlingException", 400),
        Case("sqs.SendMessage", "InvalidClientTokenId", "UnrecognizedClientException", 400),
        Case("kinesis.PutRecord", "AccessDenied", "AccessDeniedException", 400),
        Case("kinesis.PutRecord", "Throttling", "ThrottlingException", 400),
        Case("kinesis.PutRecord", "InternalFailure", "InternalFailureException", 500),
        Case("kinesis.PutRecord", "ValidationError", "ValidationException", 400),
        Case("kinesis.PutRecord", "ServiceUnavailable", "ServiceUnavailable", 503),
        Case("iam.GetUser", "NoSuchEntityException", "NoSuchEntity", 404),
        Case("iam.GetUser", "NoSuchEntity", "NoSuchEntity", 404),
        Case("iam.GetUser", "AccessDeniedException", "AccessDenied", 403),
        Case("iam.GetUser", "ThrottlingException", "Throttling", 400),
        Case("iam.GetUser", "ExpiredTokenException", "ExpiredToken", 403),
        Case("iam.GetUser", "InvalidAccessKeyId", "InvalidClientTokenId", 403),
        Case("iam.GetUser", "UnrecognizedClientException", "InvalidClientTokenId", 403),
        Case("iam.GetUser", "ValidationException", "ValidationError", 400),
        Case("iam.GetUser", "LimitExceeded", "LimitExceeded", 409),
        Case("iam.GetUser", "UnknownOperationException", "InvalidAction", 400),
        Case("sts.GetCallerIdentity", "ExpiredToken", "ExpiredToken", 403),
        Case("sts.AssumeRole", "ExpiredToken", "ExpiredToken", 403),
        Case("sts.AssumeRole", "ExpiredTokenException", "ExpiredTokenException", 400),
        Case("sts.AssumeRoleWithWebIdentity", "IDPCommunicationError", "IDPCommunicationError", 400),
        Case("sts.AssumeRoleWithWebIdentity", "IDPCommunicationErrorException", "IDPCommunicationError", 400),
        Case("cognito-idp.InitiateAuth", "AccessDenied", "AccessDeniedException", 400),
        Case("cognito-idp.InitiateAuth", "InternalFailure", "InternalErrorException", 500),
        Case("cognito-idp.InitiateAuth", "ForbiddenException", "ForbiddenException", 403),
        Case("ec2.DescribeInstances", "Throttling", "RequestLimitExceeded", 503),
        Case("ec2.DescribeInstances", "AccessDenied", "UnauthorizedOperation", 403),
        Case("ec2.DescribeInstances", "UnrecognizedClientException", "AuthFailure", 401),
        Case("dynamodb.PutItem", "InternalFailure", "InternalServerError", 500),
        Case("lambda.Invoke", "AccessDenied", "AccessDeniedException", 403),
        Case("sns.Publish", "Throttling", "Throttled", 429),
    ])
    func spellings(_ entry: Case) throws {
        let error = try #require(try ErrorDirectoryTests.resolve(entry.name, entry.path))
        #expect(error.code == entry.code)
        #expect(error.status == entry.status)
        #expect(error.fault == (entry.status >= 500 ? .server : .client))
    }

    @Test(arguments: [
        ("s3.GetObject", "NoSuchKeys"), ("kinesis.DescribeStream", "LimitExceededExeption"), ("sqs.SendMessage", ""),
        ("iam.GetUser", "exception"), ("s3.GetObject", "nosuchkey"),
    ])
    func whatNothingKnowsIsNotFound(path: String, name: String) throws {
        #expect(try ErrorDirectoryTests.resolve(name, path) == nil)
    }

    @Test func theNearestNamesAreOffered() throws {
        let kinesis = try ErrorDirectoryTests.service("kinesis")
        let operation = try #require(kinesis.operation("DescribeStream"))
        #expect(
            ErrorDirectory.nearest("LimitExceededExeption", operation: operation, service: kinesis).first
                == "LimitExceededException")
        let s3 = try ErrorDirectoryTests.service("s3")
        let get = try #require(s3.operation("GetObject"))
        #expect(ErrorDirectory.nearest("nosuchkey", operation: get, service: s3).first == "NoSuchKey")
        #expect(ErrorDirectory.nearest("zzzzzzzzzzzz", operation: get, service: s3).isEmpty)
    }

    @Test func aShapeOfSQSKeepsItsNameBesideTheQueryCode() throws {
        let error = try #require(
            try ErrorDirectoryTests.resolve("AWS.SimpleQueueService.NonExistentQueue", "sqs.SendMessage"))
        let wire = error.wireError()
        #expect(wire.code == "AWS.SimpleQueueService.NonExistentQueue")
        #expect(wire.shape == "QueueDoesNotExist")
        #expect(wire.namespace == "com.amazonaws.sqs")
        #expect(wire.message == "The specified queue does not exist.")
        let denied = try #require(try ErrorDirectoryTests.resolve("AccessDenied", "sqs.SendMessage")).wireError()
        #expect(denied.shape == "AccessDeniedException" && denied.namespace == "com.amazon.coral.service")
    }

    @Test func verbatimIsSentAsWritten() throws {
        let service = try ErrorDirectoryTests.service("kinesis")
        let operation = try #require(service.operation("PutRecord"))
        let error = ErrorDirectory.verbatim("AccessDenied", operation: operation, service: service)
        #expect(error.code == "AccessDenied" && error.shape == "AccessDenied" && error.status == 400)
        let odd = ErrorDirectory.verbatim("com.example#Odd", status: 503, operation: operation, service: service)
        #expect(odd.code == "Odd" && odd.namespace == "com.example" && odd.status == 503 && odd.fault == .server)
        #expect(odd.retry == .transient)
    }

    @Test func whatTheScenarioSaysGoesFirst() throws {
        let error = try #require(try ErrorDirectoryTests.resolve("NoSuchKey", "s3.GetObject"))
        let usual = error.wireError()
        #expect(usual.fields["Key"] == "${params.Key}" && usual.status == 404 && usual.fault == .client)
        let set = error.wireError(
            message: "gone", status: 410, fault: .server, fields: ["Key": "other", "Extra": "1"])
        #expect(set.message == "gone" && set.status == 410 && set.fault == .server)
        #expect(set.fields == ["Key": "other", "Extra": "1"])
    }
}
