// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The parameters of a form or query string (`application/x-www-form-urlencoded`), decoded, in the order sent.
public struct Form: Sendable, Hashable {
    /// One parameter.
    public struct Parameter: Sendable, Hashable {
        /// The name: `Tags.member.1.Key`.
        public var name: String
        /// The value; empty where there was no `=`.
        public var value: String
    }

    /// The parameters in the order sent, repeats kept.
    public private(set) var parameters: [Parameter] = []

    /// How many parameters a request may have; far more than any AWS operation takes.
    public static let limit = 20_000

    /// No parameters.
    public init() {}

    /// The parameters in `bytes`; `MalformedQueryString` for broken percent-encoding or too many of them.
    public init(_ bytes: ArraySlice<UInt8>) throws(WireError) {
        try append(bytes)
    }

    /// Adds the parameters in `bytes` to these.
    public mutating func append(_ bytes: ArraySlice<UInt8>) throws(WireError) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard parameters.count < Self.limit else { throw Self.malformed }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = Self.decoded(pair[..<equals]), let value = Self.decoded(pair[equals...].dropFirst()) else {
                throw Self.malformed
            }
            parameters.append(Parameter(name: name, value: value))
        }
    }

    /// The value of the first parameter of this name.
    public func value(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    private static let malformed = WireError(
        "MalformedQueryString", status: 404, message: "The query string contains a syntax error")

    /// The text without `+` and `%XX`; nil where a `%` is not followed by two hexadecimal digits.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            switch bytes[at] {
            case UInt8(ascii: "+"):
                out.append(0x20)
                at += 1
            case UInt8(ascii: "%"):
                guard bytes.endIndex - at > 2, let high = digit(bytes[at + 1]), let low = digit(bytes[at + 2]) else {
                    return nil
                }
                out.append(high << 4 | low)
                at += 3
            case let byte:
                out.append(byte)
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
