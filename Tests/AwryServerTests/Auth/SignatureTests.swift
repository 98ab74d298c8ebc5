// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryScenario
import AwryServer
import Glibc
import Testing

/// Signatures under `verify`: what is signed rightly is carried out, whatever is changed of it is not.
struct SignatureTests {
    /// A request by the account's root, which the test signs itself.
    struct Signed {
        var method = "POST"
        var path = "/"
        var query = ""
        var body = "{}"
        var headers: [(String, String)] = []
        var service = "sqs"
        var secret = "test"
        let stamp = TimeFormats.basic(SystemClock().now)

        /// The request's text, its signature made by the rules as AWS writes them down.
        var text: String {
            let hash = Hex.text(Digests.sha256(body.utf8))
            let signed = (headers + [("host", "localhost"), ("x-amz-content-sha256", hash), ("x-amz-date", stamp)])
                .sorted { $0.0 < $1.0 }
            let names = signed.map(\.0).joined(separator: ";")
            let canonical =
                "\(method)\n\(path)\n\(query)\n" + signed.map { "\($0.0):\($0.1)\n" }.joined() + "\n\(names)\n\(hash)"
            let scope = "\(stamp.prefix(8))/us-east-1/\(service)/aws4_request"
            let toSign = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n" + Hex.text(Digests.sha256(canonical.utf8))
            var key = Array("AWS4\(secret)".utf8)
            for part in scope.split(separator: "/") { key = Digests.hmacSHA256(key: key, part.utf8) }
            let signature = Hex.text(Digests.hmacSHA256(key: key, toSign.utf8))
            let lines =
                signed.map { "\($0.0): \($0.1)\r\n" }.joined()
                + "authorization: AWS4-HMAC-SHA256 Credential=123456789012/\(scope), SignedHeaders=\(names), "
                + "Signature=\(signature)\r\n"
            let target = query.isEmpty ? path : "\(path)?\(query)"
            return "\(method) \(target) HTTP/1.1\r\n\(lines)content-length: \(body.utf8.count)\r\n"
                + "connection: close\r\n\r\n\(body)"
        }
    }

    private static let listing = Signed(headers: [
        ("content-type", "application/x-amz-json-1.0"), ("x-amz-target", "AmazonSQS.ListQueues"),
    ])
    private static let upload = Signed(
        method: "PUT", path: "/bucket/a%20key", query: "partNumber=1&uploadId=abc", body: "some bytes", service: "s3")
    private static let options = PipelineOptions(auth: .verify)
    /// How many changed requests are tried; AWRY_SIGNATURES says another number.
    private static let changes = getenv("AWRY_SIGNATURES").flatMap { Int(String(cString: $0)) } ?? 4_000

    /// Whether a request came past its signature: S3 has no such bucket, but only who is let in learns that.
    private func isLetIn(_ fixture: Fixture, _ request: String) -> Bool {
        let answer = fixture.send(request)
        return answer.status < 400 || answer.raw.contains("NoSuch")
    }

    @Test func whatIsSignedRightlyIsCarriedOut() throws {
        let fixture = try Fixture(.inMemory, options: Self.options)
        for request in [Self.listing, Self.upload] {
            #expect(isLetIn(fixture, request.text))
            var other = request
            other.secret = "tesT"
            #expect(fixture.send(other.text).status == 403)
        }
    }

    /// A byte of what is signed, of the signature, or of its scope is another letter or digit.
    @Test func nothingThatWasChangedIsAccepted() throws {
        let fixture = try Fixture(.inMemory, options: Self.options)
        let chance = Chance(seed: 8, stream: "signatures")
        var drawn: UInt64 = 0
        func draw(_ count: Int) -> Int {
            drawn += 1
            return Int(chance.bits(at: drawn) % UInt64(count))
        }
        var accepted: [String] = []
        for request in [Self.listing.text, Self.upload.text] {
            let bytes = Array(request.utf8)
            let places = Self.changeable(request)
            for _ in 0..<Self.changes / 2 {
                var changed = bytes
                for _ in 0...draw(3) {
                    let place = places[draw(places.count)]
                    changed[place] = Self.letters[draw(Self.letters.count)]
                }
                if changed == bytes { continue }
                let text = String(decoding: changed, as: UTF8.self)
                if isLetIn(fixture, text) { accepted.append(text) }
            }
        }
        #expect(accepted.isEmpty, "\(accepted.first ?? "")")
    }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)

    /// Letters and digits, but for those of header names, whose case means nothing, and of escapes, whose neither does.
    private static func changeable(_ request: String) -> [Int] {
        var places: [Int] = []
        var offset = 0
        for line in request.split(separator: "\r\n", omittingEmptySubsequences: false) {
            let bytes = Array(line.utf8)
            let isAuthorization = line.hasPrefix("authorization")
            let colon = bytes.firstIndex(of: 0x3A)
            let isHeader = offset > 0 && colon != nil && bytes.count < 500 && !line.hasPrefix("some")
            let start = isAuthorization ? 32 : isHeader ? colon ?? 0 : 0
            let isOurs = !["content-length", "connection", "host"].contains { line.hasPrefix($0) }
            for index in start..<max(start, bytes.count) where isOurs && letters.contains(bytes[index]) {
                let isEscape = index > 1 && (bytes[index - 1] == 0x25 || bytes[index - 2] == 0x25)
                let isVersion = line.hasSuffix("HTTP/1.1") && index >= bytes.count - 8
                // The key's id is not signed, and another account's has the same secret.
                let isKey = isAuthorization && (43..<55).contains(index)
                if !isEscape && !isVersion && !isKey { places.append(offset + index) }
            }
            offset += bytes.count + 2
        }
        return places
    }

    /// The example of "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks"
    /// has its own date; here the same is made with today's.
    @Test(arguments: [true, false]) func chunksAreChecked(_ isWhole: Bool) throws {
        let fixture = try Fixture(.inMemory, options: Self.options)
        let request = Chunked(data: isWhole ? "sixteen bytes..." : "sixteen bytes.,.", signed: "sixteen bytes...").text
        #expect(isLetIn(fixture, request) == isWhole)
    }

    /// A body in one signed chunk.
    struct Chunked {
        let data: String
        let signed: String

        var text: String {
            let stamp = TimeFormats.basic(SystemClock().now)
            let scope = "\(stamp.prefix(8))/us-east-1/s3/aws4_request"
            let headers =
                "host:localhost\nx-amz-content-sha256:STREAMING-AWS4-HMAC-SHA256-PAYLOAD\nx-amz-date:\(stamp)\n"
                + "x-amz-decoded-content-length:\(data.utf8.count)\n"
            let names = "host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length"
            let canonical = "PUT\n/bucket/key\n\n\(headers)\n\(names)\nSTREAMING-AWS4-HMAC-SHA256-PAYLOAD"
            var key = Array("AWS4test".utf8)
            for part in scope.split(separator: "/") { key = Digests.hmacSHA256(key: key, part.utf8) }
            func sign(_ text: String) -> String { Hex.text(Digests.hmacSHA256(key: key, text.utf8)) }
            let seed = sign(
                "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n" + Hex.text(Digests.sha256(canonical.utf8)))
            var former = seed
            func chunk(_ data: String, _ signed: String) -> String {
                former = sign(
                    "AWS4-HMAC-SHA256-PAYLOAD\n\(stamp)\n\(scope)\n\(former)\n"
                        + Hex.text(Digests.sha256([UInt8]())) + "\n" + Hex.text(Digests.sha256(signed.utf8)))
                return "\(String(data.utf8.count, radix: 16));chunk-signature=\(former)\r\n\(data)\r\n"
            }
            let body = chunk(data, signed) + chunk("", "")
            let lines = headers.split(separator: "\n").map { "\($0)\r\n" }.joined()
            return "PUT /bucket/key HTTP/1.1\r\n" + lines
                + "content-encoding: aws-chunked\r\nauthorization: AWS4-HMAC-SHA256 Credential=123456789012/\(scope), "
                + "SignedHeaders=\(names), Signature=\(seed)\r\ncontent-length: \(body.utf8.count)\r\n"
                + "connection: close\r\n\r\n\(body)"
        }
    }
}
