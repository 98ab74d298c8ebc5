// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryScenario
import AwryWire
import Testing

@testable import AwryServer

/// A head is taken for one seen before only where all that identifies a caller is the same.
struct KnownCallersTests {
    private static let scope = "AWS4-HMAC-SHA256 Credential=AKID/20260301/us-east-1/kinesis/aws4_request"

    /// A request as an SDK sends it, its own time, ids, length and signature made of `number`.
    private static func text(_ number: Int) -> String {
        """
        POST / HTTP/1.1\r
        Host: 127.0.0.1:4566\r
        X-Amz-Target: Kinesis_20131202.DescribeStream\r
        User-Agent: Boto3/1.43.11\r
        X-Amz-Date: 20260301T12000\(number)Z\r
        Authorization: \(scope), SignedHeaders=host;x-amz-date, Signature=abc\(number)\r
        amz-sdk-invocation-id: id-\(number)\r
        amz-sdk-request: attempt=\(number)\r
        Content-Length: \(number * 9)\r
        \r

        """
    }

    private static func head(_ text: String) throws -> RequestHead {
        var parser = HeadParser(limits: HTTPLimits())
        let bytes = Array(text.utf8)
        guard case .head(let head, _, _) = parser.parse(bytes.span) else { throw Unreadable(text: text) }
        return head
    }

    private struct Unreadable: Error { let text: String }

    private static func caller(_ head: RequestHead) throws -> Caller {
        let arrival = Arrival(
            peer: "", connection: 1, at: 0, exchange: ExchangeID(shard: 0, slot: 0, generation: 0))
        let request = Incoming(head, arrival)
        guard case .call(let call) = Identifier.shared.identify(head) else { throw Unreadable(text: head.target) }
        return Caller(request, call, in: Sandboxes())
    }

    private static func remembering(_ text: String) throws -> KnownCallers {
        let callers = KnownCallers()
        let first = try head(text)
        callers.remember(try caller(first), by: first)
        return callers
    }

    @Test func knowsTheNextRequestOfTheSameClient() throws {
        let callers = try Self.remembering(Self.text(1))
        for number in [1, 2, 123_456] {
            let caller = try #require(callers.caller(of: Self.head(Self.text(number))))
            #expect(caller.origin.operation == "DescribeStream" && caller.origin.accessKey == "AKID")
            #expect(caller.origin.userAgent == "Boto3/1.43.11")
        }
    }

    static let changes: [(String, String)] = [
        ("POST /", "POST /_sandbox/a/"), ("POST /", "PUT /"), ("HTTP/1.1", "HTTP/1.0"), ("127.0.0.1", "127.0.0.2"),
        ("DescribeStream", "DescribeStreams"), ("1.43.11", "1.43.12"), ("AKID", "AKIE"), ("AKID", "sandbox.other"),
        ("us-east-1", "us-east-2"), ("20260301/", "20260302/"), ("User-Agent", "User-agent"),
        ("Content-Length", "Accept: application/json\r\nContent-Length"), ("User-Agent: Boto3/1.43.11\r\n", ""),
        ("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), ("Host: 127", "Host: x127"),
    ]

    @Test(arguments: changes.indices) func doesNotKnowWhatDiffers(_ index: Int) throws {
        let (old, new) = Self.changes[index]
        let callers = try Self.remembering(Self.text(1))
        let text = Self.text(1)
        let changed = text.replacing(old, with: new, maxReplacements: 1)
        #expect(changed != text)
        #expect(callers.caller(of: try Self.head(changed)) == nil)
    }

    @Test func forgetsOnlyForOthers() throws {
        let callers = KnownCallers()
        let heads = try (1...20).map { try Self.head(Self.text(1).replacing("1.43.11", with: "1.43.\($0)")) }
        for head in heads { callers.remember(try Self.caller(head), by: head) }
        let known = heads.filter { callers.caller(of: $0) != nil }
        #expect(known.count == 4)
        for head in known { #expect(callers.caller(of: head)?.origin.userAgent == head.text("user-agent")) }
        #expect(callers.caller(of: try #require(heads.last)) != nil)
    }

    @Test func leavesOtherSignaturesAlone() throws {
        let version2 = Self.text(1).replacing(Self.scope + ",", with: "AWS AKID:")
        #expect(try Self.remembering(version2).caller(of: Self.head(version2)) == nil)
    }

    @Test func whatIsFoundOutAnewTakesItsOldPlace() throws {
        let callers = try Self.remembering(Self.text(1))
        let head = try Self.head(Self.text(1))
        let anew = try Self.caller(head)
        callers.remember(anew, by: head)
        #expect(callers.caller(of: head) === anew)
    }

    /// A request whose first line says what it asks for, signed and hashed by `number`.
    private static func object(_ key: String, _ number: Int, method: String = "GET") -> String {
        """
        \(method) /bucket/\(key) HTTP/1.1\r
        Host: 127.0.0.1:4566\r
        X-Amz-Content-SHA256: hash\(number)\r
        X-Amz-Date: 20260301T12000\(number)Z\r
        Authorization: \(scope.replacing("kinesis", with: "s3")), SignedHeaders=host, Signature=abc\(number)\r
        \r

        """
    }

    @Test func aFirstLineIsRememberedWhenItComesAgain() throws {
        let callers = KnownCallers()
        let heads = try (1...3).map { try Self.head(Self.object("key", $0)) }
        callers.remember(try Self.caller(heads[0]), by: heads[0])
        #expect(callers.caller(of: heads[1]) == nil)
        callers.remember(try Self.caller(heads[1]), by: heads[1])
        let caller = try #require(callers.caller(of: heads[2]))
        #expect(caller.origin.operation == "GetObject" && caller.origin.path == "/bucket/key")
        for other in [Self.object("keys", 3), Self.object("key?acl", 3), Self.object("key", 3, method: "HEAD")] {
            #expect(callers.caller(of: try Self.head(other)) == nil)
        }
        let copied = Self.object("key", 3, method: "PUT")
        for text in [copied, copied.replacing("Host:", with: "x-amz-copy-source: /a/b\r\nHost:")] {
            let head = try Self.head(text)
            for _ in 0..<2 { callers.remember(try Self.caller(head), by: head) }
        }
        #expect(callers.caller(of: try Self.head(copied))?.origin.operation == "PutObject")
    }
}
