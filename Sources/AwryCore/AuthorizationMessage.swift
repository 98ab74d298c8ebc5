// SPDX-License-Identifier: Apache-2.0

/// Why a call was refused, as some services tell it: a text that says nothing until DecodeAuthorizationMessage reads
/// it. It keeps no secret: it only looks like AWS's, and is told from what nobody gave out.
public enum AuthorizationMessage {
    private static let markLength = 8

    /// The text that stands for a message.
    public static func encode(_ message: String) -> String {
        let bytes = Array(message.utf8)
        let mark = mark(of: bytes)
        return Base64.urlText(mark + covered(bytes, by: mark))
    }

    /// The message of such a text; nil where it is none.
    public static func decode(_ text: String) -> String? {
        guard let bytes = Base64.urlDecode(text.utf8), bytes.count >= markLength else { return nil }
        let mark = Array(bytes.prefix(markLength))
        let message = covered(Array(bytes.dropFirst(markLength)), by: mark)
        guard mark == self.mark(of: message) else { return nil }
        return String(validating: message, as: UTF8.self)
    }

    private static func mark(of bytes: [UInt8]) -> [UInt8] {
        let hash = bytes.reduce(UInt64(bytes.count)) { Chance(seed: $0).bits(at: UInt64($1)) }
        return (0..<markLength).map { UInt8(truncatingIfNeeded: hash >> (8 * UInt64($0))) }
    }

    /// The bytes under a stream of others that begins with the mark; the same once more uncovers them.
    private static func covered(_ bytes: [UInt8], by mark: [UInt8]) -> [UInt8] {
        let chance = Chance(seed: mark.reduce(0) { $0 << 8 | UInt64($1) })
        return bytes.enumerated().map { place, byte in
            byte ^ UInt8(truncatingIfNeeded: chance.bits(at: UInt64(place / 8)) >> (8 * UInt64(place % 8)))
        }
    }
}
