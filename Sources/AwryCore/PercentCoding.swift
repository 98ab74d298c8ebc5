// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding (RFC 3986, 2.1) as AWS's front ends read it.
///
/// In queries `+` is a space, as in HTML forms. In paths it is a plus, except for S3, which reads it as a space there
/// too (Automattic/knox#267, s3tools/s3cmd#554, aws/aws-sdk-ruby#654); every SDK writes `%2B` and `%20`.
public enum PercentCoding {
    /// The bytes that an encoded text stands for; nil where a `%` is not followed by two hexadecimal digits.
    public static func decode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            at += 1
            if byte == UInt8(ascii: "%") {
                guard at + 1 < text.endIndex, let high = text[at].hexDigit, let low = text[at + 1].hexDigit else {
                    return nil
                }
                bytes.append(high << 4 | low)
                at += 2
            } else {
                bytes.append(byte == UInt8(ascii: "+") && plusIsSpace ? UInt8(ascii: " ") : byte)
            }
        }
        return bytes
    }

    /// The text that an encoded one stands for; nil where an escape is broken or the bytes are not UTF-8.
    public static func text(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> String? {
        if isPlain(text, plusIsSpace: plusIsSpace) {
            // What is ASCII is UTF-8, and is seen to be sooner.
            let isASCII = text.withUnsafeBufferPointer { $0.allSatisfy { $0 < 0x80 } }
            return isASCII ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self)
        }
        return decode(text, plusIsSpace: plusIsSpace).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The same, but what is broken stays as it came and bytes that are not UTF-8 become replacement characters.
    public static func lenientText(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> String {
        if isPlain(text, plusIsSpace: plusIsSpace) { return String(decoding: text, as: UTF8.self) }
        return decode(text, plusIsSpace: plusIsSpace).map { String(decoding: $0, as: UTF8.self) }
            ?? String(decoding: text, as: UTF8.self)
    }

    /// Whether an encoded text of a query stands for these bytes.
    public static func matches(_ text: ArraySlice<UInt8>, _ wanted: [UInt8]) -> Bool {
        if text.count == wanted.count { return text.elementsEqual(wanted) }
        guard text.count > wanted.count, text.contains(UInt8(ascii: "%")) else { return false }
        return decode(text, plusIsSpace: true) == wanted
    }

    /// Writes everything but RFC 3986's unreserved characters as `%XX`, as AWS encodes keys in listings.
    public static func encode(_ text: String, keeping kept: String = "") -> String {
        var encoded = ""
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.utf8.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded.unicodeScalars.append("%")
                encoded.unicodeScalars.append(digits[Int(byte >> 4)])
                encoded.unicodeScalars.append(digits[Int(byte & 15)])
            }
        }
        return encoded
    }

    @inline(__always)
    private static func isPlain(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> Bool {
        for byte in text where byte == UInt8(ascii: "%") || (plusIsSpace && byte == UInt8(ascii: "+")) { return false }
        return true
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
