// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Testing

@testable import AwryScenario

/// `error:` against the real catalogue and directory.
struct DirectoryErrorsTests {
    private func error(
        _ operation: String, _ spec: ErrorSpec, params: Fields? = nil
    ) throws -> WireError? {
        let names = operation.split(separator: ".").map(String.init)
        let service = try #require(Catalogue.shared.service(names[0]))
        let operation = try #require(service.operation(names[1]))
        var rule = World.rule("r", "*.*")
        rule.outcome = .error(spec)
        let engine = Engine(scenarios: [World.scenario("test", [rule])], clock: TestClock())
        let facts = World.facts(call: "c", params: params) {
            $0.service = service
            $0.operation = operation
        }
        guard case .error(let error) = engine.decide(facts).effect.answer else { return nil }
        return error
    }

    private func spec(
        _ code: String?, status: Int? = nil, throttle: Bool = false, verbatim: Bool = false, message: String? = nil,
        fault: Fault? = nil
    ) throws -> ErrorSpec {
        ErrorSpec(
            code: code, isThrottle: throttle, status: status, message: try message.map { try Template.parse($0) },
            fault: fault, isVerbatim: verbatim, location: World.here)
    }

    static let codes: [(String, String, String, Int)] = [
        ("kinesis.DescribeStream", "LimitExceededException", "LimitExceededException", 400),
        ("s3.GetObject", "NoSuchKey", "NoSuchKey", 404), ("s3.GetObject", "SlowDown", "SlowDown", 503),
        ("s3.GetObject", "AccessDeniedException", "AccessDenied", 403),
        ("kinesis.PutRecord", "AccessDenied", "AccessDeniedException", 400),
    ]

    @Test(arguments: codes) func sendsCodesAsTheServiceDoes(
        _ operation: String, _ code: String, _ wanted: String, _ status: Int
    ) throws {
        let error = try error(operation, try spec(code))
        #expect(error?.code == wanted && error?.status == status)
    }

    static let throttles: [(String, String, Int)] = [
        ("s3.GetObject", "SlowDown", 503), ("sqs.SendMessage", "RequestThrottled", 403),
        ("kinesis.PutRecord", "ProvisionedThroughputExceededException", 400),
        ("kinesis.DescribeStream", "LimitExceededException", 400), ("iam.GetUser", "Throttling", 400),
    ]

    @Test(arguments: throttles) func throttlesAsTheOperationDoes(
        _ operation: String, _ code: String, _ status: Int
    ) throws {
        let error = try error(operation, try spec(nil, throttle: true))
        #expect(error?.code == code && error?.status == status)
    }

    @Test func aStatusIsTheOperationsUsualError() throws {
        #expect(try error("s3.GetObject", try spec(nil, status: 404))?.code == "NoSuchKey")
        #expect(try error("s3.ListObjectsV2", try spec(nil, status: 404))?.code == "NoSuchBucket")
        #expect(try error("s3.GetObject", try spec(nil, status: 418)) == nil)
    }

    @Test func theUsualTextNamesWhatTheRequestNames() throws {
        let spec = try spec("ResourceNotFoundException")
        let named = try error("kinesis.DescribeStream", spec, params: ["StreamName": "orders"])
        #expect(named?.message?.contains("orders") == true)
        #expect(named?.message?.contains("123456789012") == true)
        let unnamed = try error("kinesis.DescribeStream", spec)
        #expect(unnamed?.message?.isEmpty == false && unnamed?.message?.contains("$") == false)
    }

    @Test func usualMembersAreThereOnlyWhereTheRequestSaysThem() throws {
        let spec = try spec("NoSuchBucket")
        let named = try error("s3.ListObjectsV2", spec, params: ["Bucket": "b"])
        #expect(named?.fields["BucketName"] == "b")
        #expect(try error("s3.ListObjectsV2", spec)?.fields["BucketName"] == nil)
    }

    @Test func whatTheRuleSaysWins() throws {
        let spec = try spec("NoSuchKey", status: 410, message: "No ${params.Key}", fault: .server)
        let error = try error("s3.GetObject", spec, params: ["Key": "k"])
        #expect(error?.code == "NoSuchKey" && error?.status == 410 && error?.fault == .server)
        #expect(error?.message == "No k")
    }

    @Test func verbatimAndUnknownCodesAreSentAsWritten() throws {
        #expect(
            try error("s3.GetObject", try spec("AccessDeniedException", verbatim: true))?.code
                == "AccessDeniedException")
        #expect(try error("s3.GetObject", try spec("Unheard", status: 418))?.status == 418)
        #expect(try error("s3.GetObject", try spec("Unheard")) == nil)
    }
}
