// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// The MD5s by which clients check what arrived.
///
/// From the Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes".
public enum MessageDigest {
    /// A body's MD5 in hexadecimal digits.
    public static func body(_ text: String) -> String { MD5(of: text).text }

    /// The MD5 of attributes in hexadecimal digits; nil where there are none.
    public static func attributes(_ attributes: Fields) -> String? {
        attributes.isEmpty ? nil : MD5(of: canonical(attributes)).text
    }

    /// Name, data type and value of each attribute in order of name, each with its length before it in four bytes; a
    /// byte before the value says whether it is text (1) or binary (2).
    private static func canonical(_ attributes: Fields) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in attributes.sorted(by: { $0.name < $1.name }) {
            guard let attribute = value.fields else { continue }
            append(name.utf8, to: &bytes)
            append((attribute["DataType"]?.string ?? "").utf8, to: &bytes)
            if case .blob(let blob) = attribute["BinaryValue"] {
                bytes.append(2)
                append(blob.bytes, to: &bytes)
            } else {
                bytes.append(1)
                append((attribute["StringValue"]?.string ?? "").utf8, to: &bytes)
            }
        }
        return bytes
    }

    private static func append(_ part: some Collection<UInt8>, to bytes: inout [UInt8]) {
        let count = UInt32(truncatingIfNeeded: part.count)
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
        bytes.append(contentsOf: part)
    }
}

/// An MD5 without an allocation of its own.
struct MD5: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64

    init(of bytes: [UInt8]) {
        (high, low) = bytes.withUnsafeBytes { Digests.md5Words($0) }
    }

    init(of text: String) {
        var text = text
        (high, low) = text.withUTF8 { Digests.md5Words(UnsafeRawBufferPointer($0)) }
    }

    /// 32 hexadecimal digits.
    var text: String {
        String(unsafeUninitializedCapacity: 32) { text in
            for place in 0..<32 {
                let word = place < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - place % 16 * 4)) & 0xF
                text[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 32
        }
    }
}
