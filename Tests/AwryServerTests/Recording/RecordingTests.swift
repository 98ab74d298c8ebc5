// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import AwryWire
import Testing

@testable import AwryServer

@Suite struct RecordingTests {
    private static func call(
        _ service: String, _ operation: String, _ params: Fields?, status: Int = 200, headers: [Header] = [],
        body: [UInt8]? = [], region: String = "us-east-1"
    ) throws -> RecordedCall {
        let service = try #require(Catalogue.shared.service(service))
        let identified = IdentifiedCall(
            .init(
                service: service, operation: try #require(service.operation(operation)),
                dialect: Dialect(service.metadata.protocols[0], of: service), labels: []),
            region: region)
        return RecordedCall(
            identified, params: params, isHead: false, ResponseHead(status: status, headers: headers), body: body)
    }

    private static func text(_ calls: [RecordedCall]) throws -> String {
        var recording = Recording()
        for call in calls { recording.add(call) }
        let text = RecordingText(recording).text
        // Whatever is written can be loaded.
        if RecordingText(recording).files.isEmpty {
            _ = try ScenarioLoader().load([SourceText(name: "recorded.yaml", text: text)])
        }
        return text
    }

    @Test func sequencesCountWhatComesTwice() throws {
        let found = try Self.call("s3", "GetObject", ["Bucket": "b", "Key": "k"], body: Array("x".utf8))
        let gone = try Self.call(
            "s3", "GetObject", ["Bucket": "b", "Key": "k"], status: 404,
            body: Array("<Error><Code>NoSuchKey</Code><Message>No ${x}.</Message></Error>".utf8))
        let text = try Self.text([found, found, gone])
        #expect(text.contains("    then: last\n    sequence:\n      -\n        raw:\n          status: 200\n"))
        #expect(text.contains("        times: 2\n"))
        #expect(text.contains("          message: \"No $${x}.\"\n"))
    }

    @Test func callsThatSayMoreComeFirst() throws {
        let less = try Self.call("s3", "ListObjectsV2", ["Bucket": "b"])
        let other = try Self.call("s3", "ListBuckets", [:])
        let more = try Self.call("s3", "ListObjectsV2", ["Bucket": "b", "Prefix": "p*"])
        var recording = Recording()
        for call in [less, other, more] { recording.add(call) }
        #expect(recording.ordered.map { $0.match?.lines.count } == [2, 0, 1])
        #expect(try Self.text([less, other, more]).contains(#""Prefix": { equals: "p*" }"#))
    }

    @Test func requestIDsAndSecretsAreNotKept() throws {
        let text = try Self.text([
            try Self.call(
                "iam", "CreateAccessKey", ["UserName": "u"],
                body: Array("<SecretAccessKey>hidden</SecretAccessKey>".utf8)),
            try Self.call(
                "iam", "GetUser", ["UserName": "u"], headers: [Header("Date", "now")],
                body: Array("<RequestId>12345678-abcd</RequestId>".utf8)),
            try Self.call(
                "s3", "PutObject", ["Bucket": "b", "Key": "k"],
                headers: [Header("x-amz-server-side-encryption-aws-kms-key-id", "hidden")]),
        ])
        #expect(!text.contains("hidden"))
        #expect(!text.contains("12345678-abcd"))
        #expect(text.contains(#"body: "<RequestId>${requestId}</RequestId>""#))
        #expect(!text.contains("Date"))
    }

    @Test func regionsAreToldWhereThereAreSeveral() throws {
        let here = try Self.call("sqs", "ListQueues", [:])
        let there = try Self.call("sqs", "ListQueues", [:], region: "eu-west-1")
        #expect(!(try Self.text([here, here]).contains("region")))
        #expect(try Self.text([here, there]).contains("      region: \"eu-west-1\"\n"))
    }

    @Test func oddTextsArePutInSuchAWayThatTheyAreRead() throws {
        let odd = "a\"\\\u{0}\u{85}\u{2028}\u{FEFF}\u{1F600}: #\n"
        let text = try Self.text([
            try Self.call("dynamodb", "GetItem", ["TableName": "t", "Key": ["a.b\\*": ["S": .string(odd)]]]),
            try Self.call("sqs", "SendMessage", ["QueueUrl": .string(odd), "MessageBody": "m"], body: [0xFF, 0]),
        ])
        #expect(text.contains(#""Key.a\\.b\\\\*.S""#))
        #expect(text.contains(#"body: { $base64: "/wA=" }"#))
    }

    @Test func longBodiesAreFiles() throws {
        var recording = Recording()
        let body = [UInt8](repeating: 65, count: 10_000)
        recording.add(try Self.call("s3", "GetObject", ["Bucket": "b", "Key": "k"], body: body))
        recording.add(try Self.call("s3", "GetObject", ["Bucket": "b", "Key": "l"], body: body))
        recording.add(try Self.call("s3", "GetObject", ["Bucket": "b", "Key": "m"], body: nil))
        let text = RecordingText(recording)
        #expect(text.files.map(\.name) == ["0001.bin"])
        #expect(text.text.ranges(of: "file: bodies/0001.bin").count == 2)
        #expect(text.text.contains("longer than the 16 MiB"))
    }

    @Test func nothingIsARecordingToo() throws {
        #expect(try Self.text([]).hasSuffix("rules: []\n"))
    }
}
