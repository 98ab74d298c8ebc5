// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryWire

/// JSON texts, as plain values and as inputs typed by the model.
enum JSONTarget: FuzzTarget {
    static let name = "json"
    static let dictionary = [
        "null", "true", "-0.0", "1e308", "9223372036854775807", "1e-400", "\\u0000", "\\ud83d\\ude00", "\\udc00", "\"",
        "{",
        "}", "[", "]", ":", ",", "\"Records\":", "\"Data\":\"aGk=\"", "\"PartitionKey\":", "\"UserAttributes\":",
        "\"Name\":",
    ]

    static let calls = WireCalls.of([
        ("kinesis", "PutRecords"), ("cognito-idp", "AdminCreateUser"), ("sqs", "SendMessageBatch"),
    ])

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        var seen = ""
        if let value = try? JSON.parse(bytes[...], limits: JSON.Limits(depth: 32, values: 10_000)) {
            let text = JSON.text(value)
            guard let again = try? JSON.parse(text) else { throw Violation("what was written cannot be read: \(text)") }
            if JSON.text(again) != text { throw Violation("\(text) came back as \(JSON.text(again))") }
            seen = value.kindName
        }
        for call in calls { seen += " " + WireCalls.kind(call, bytes) }
        return kind(seen)
    }
}

/// Calls whose inputs are decoded from fuzzed bodies.
enum WireCalls {
    static let head: RequestHead = {
        let bytes = Array("POST / HTTP/1.1\r\n\r\n".utf8)
        return RequestHead(bytes: bytes, methodRange: 0..<4, targetRange: 5..<6, minorVersion: 1, fields: [])
    }()

    static func of(_ names: [(service: String, operation: String)], _ dialect: Dialect? = nil) -> [IdentifiedCall] {
        names.compactMap { name in
            guard let service = Catalogue.shared.service(name.service),
                let operation = service.operation(name.operation)
            else { return nil }
            return IdentifiedCall(
                service: service, operation: operation,
                dialect: dialect ?? .json(version: service.metadata.jsonVersion ?? "1.1"))
        }
    }

    /// How a body was understood: the members it had, or why it was refused.
    static func kind(_ call: IdentifiedCall, _ body: [UInt8]) -> String {
        do {
            return try Wire.decodeInput(call, head: head, body: body[...]).names.joined(separator: ",")
        } catch {
            return "\(error.code) \(error.message?.prefix(24) ?? "")"
        }
    }
}
