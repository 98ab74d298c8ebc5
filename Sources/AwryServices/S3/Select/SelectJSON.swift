// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Takes a file of JSON values apart as it comes: one on each line, or one after the other.
struct SelectJSON {
    /// A document is read as a whole.
    private static let longestDocument = 64 << 20

    private let longest: Int
    private var value: [UInt8] = []
    private var start = 0
    private var offset = 0
    private var depth = 0
    private var isInText = false
    private var isEscaped = false

    /// A reader of lines, or of documents.
    init(isLines: Bool) {
        longest = isLines ? SelectCSV.longestRecord : Self.longestDocument
    }

    /// Takes the next bytes; each value is given with the place of its first byte.
    mutating func take(
        _ bytes: ArraySlice<UInt8>, _ give: (Value, Int) throws(WireError) -> Void
    ) throws(WireError) {
        for byte in bytes {
            offset += 1
            let isBlank = byte == 0x20 || 0x09...0x0D ~= byte
            if value.isEmpty {
                if isBlank { continue }
                start = offset - 1
            } else if isBlank, depth == 0, !isInText {
                try end(give)
                continue
            }
            value.append(byte)
            if value.count > longest { throw SelectErrors.recordTooLong }
            if follow(byte) { try end(give) }
        }
    }

    /// Whether the value ends with this byte.
    private mutating func follow(_ byte: UInt8) -> Bool {
        if isInText {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInText = false
                return depth == 0
            }
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): isInText = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            return depth <= 0
        default: break
        }
        return false
    }

    /// The file has ended.
    mutating func finish(_ give: (Value, Int) throws(WireError) -> Void) throws(WireError) {
        if !value.isEmpty { try end(give) }
    }

    private mutating func end(_ give: (Value, Int) throws(WireError) -> Void) throws(WireError) {
        let found: Value
        do {
            found = try JSON.parse(value[...])
        } catch {
            throw SelectErrors.json
        }
        value.removeAll(keepingCapacity: true)
        depth = 0
        try give(found, start)
    }
}
