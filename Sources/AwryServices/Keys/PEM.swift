// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Texts like `-----BEGIN CERTIFICATE-----` (RFC 7468).
enum PEM {
    /// One of them.
    struct Block: Sendable {
        /// `CERTIFICATE`, `RSA PRIVATE KEY`.
        let label: String
        /// What it holds.
        let bytes: [UInt8]
    }

    /// All that a text holds; nil where one is broken, or there is anything between them but white space.
    static func blocks(in text: String) -> [Block]? {
        var blocks: [Block] = []
        var label: String?
        var body: [UInt8] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " }.prefix { !$0.isWhitespace || $0 == " " }
            let isMark = line.hasPrefix("-----") && line.hasSuffix("-----") && line.count > 10
            let mark = line.dropFirst(5).dropLast(5)
            switch label {
            case nil where isMark && mark.hasPrefix("BEGIN "):
                label = String(mark.dropFirst(6))
                body = []
            case nil:
                if line.contains(where: { $0 != " " }) { return nil }
            case let open? where isMark:
                guard mark == "END \(open)", let bytes = Base64.decode(body) else { return nil }
                blocks.append(Block(label: open, bytes: bytes))
                label = nil
            default: body += line.utf8.filter { $0 != 0x20 }
            }
        }
        return label == nil ? blocks : nil
    }

    /// A text that holds these bytes.
    static func text(_ label: String, _ bytes: [UInt8]) -> String {
        var lines = ["-----BEGIN \(label)-----"]
        var rest = Base64.text(bytes)[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        return (lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
    }
}
