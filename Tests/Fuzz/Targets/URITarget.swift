// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryWire

/// Request lines and the headers by which requests are identified. The first line is method and target; each further
/// line is a header.
enum URITarget: FuzzTarget {
    static let name = "uri"
    static let dictionary = [
        "/", "//", "%2F", "%", "%zz", "%FF", "?", "&", "=", "+", "..", "GET ", "PUT ", "POST ", "OPTIONS ",
        "?list-type=2", "?uploadId=1&partNumber=2", "?acl", "/v20180820/jobs", "X-Amz-Credential=a%2Fb%2Fc%2Fs3%2Fd",
        "\nhost: b.s3.eu-west-1.localhost",
        "\nauthorization: AWS4-HMAC-SHA256 Credential=A/1/us-east-1/lambda/aws4_request,",
        "\nx-amz-target: AmazonSQS.SendMessage", "\nsmithy-protocol: rpc-v2-cbor", "Action=GetUser&Version=2010-05-08",
        "/2015-03-31/functions/f", "\ncontent-type: application/x-www-form-urlencoded", "/service/a/operation/b",
    ]

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        guard let head = head(bytes) else { return 0 }
        switch Identifier.shared.identify(head) {
        case .needsBody:
            if case .needsBody = Identifier.shared.identify(head, body: bytes[...]) {
                throw Violation("asks for the body twice")
            }
            return kind("body")
        case .failure(let failure): return kind("\(failure.dialect) \(failure.note.prefix(20))")
        case .call(let call):
            let size = call.labels.reduce(0) { $0 + $1.value.utf8.count }
            // A byte that is not UTF-8 becomes a replacement character of three.
            if size > 3 * bytes.count { throw Violation("labels longer than the request") }
            if call.service.name == "s3", call.labels.contains(where: { $0.name == "Bucket" && $0.value.isEmpty }) {
                throw Violation("a bucket without a name")
            }
            return kind("\(call.service.name) \(call.operation.name) " + WireCalls.kind(call, head))
        }
    }

    private static func head(_ bytes: [UInt8]) -> RequestHead? {
        var fields: [RequestHead.Field] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 20)
        guard let first = lines.first, let space = first.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }
            fields.append(
                RequestHead.Field(
                    name: line.startIndex..<colon, value: value.startIndex..<max(value.startIndex, line.endIndex)))
        }
        return RequestHead(
            bytes: bytes, methodRange: first.startIndex..<space, targetRange: (space + 1)..<first.endIndex,
            minorVersion: 1, fields: fields)
    }
}

extension WireCalls {
    /// How a head was understood: the members it had, or why it was refused.
    static func kind(_ call: IdentifiedCall, _ head: RequestHead) -> String {
        do {
            return try Wire.decodeInput(call, head: head, body: []).names.joined(separator: ",")
        } catch {
            return "\(error.code) \(error.message?.prefix(24) ?? "")"
        }
    }
}
