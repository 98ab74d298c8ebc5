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
    mutating func append(_ bytes: ArraySlice<UInt8>) throws(WireError) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard parameters.count < Self.limit else { throw Self.malformed }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = Self.decoded(pair[..<equals]), let value = Self.decoded(pair[equals...].dropFirst()) else {
                throw Self.malformed
            }
            parameters.append(Parameter(name: name, value: value))
        }
    }

    private static let malformed = WireError(
        "MalformedQueryString", status: 404, message: "The query string contains a syntax error")

    /// The text without `+` and `%XX`; nil where a `%` is not followed by two hexadecimal digits.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        return PercentCoding.decode(bytes, plusIsSpace: true).map { String(decoding: $0, as: UTF8.self) }
    }
}
