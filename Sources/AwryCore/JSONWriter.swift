// SPDX-License-Identifier: Apache-2.0

/// Writes values as JSON.
enum JSONWriter {
    static func write(_ value: Value, into out: inout [UInt8]) {
        switch value {
        case .structure(let fields):
            out.append(UInt8(ascii: "{"))
            var isFirst = true
            for (name, value) in fields {
                if !isFirst { out.append(UInt8(ascii: ",")) }
                isFirst = false
                write(name, into: &out)
                out.append(UInt8(ascii: ":"))
                write(value, into: &out)
            }
            out.append(UInt8(ascii: "}"))
        case .list(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                write(element, into: &out)
            }
            out.append(UInt8(ascii: "]"))
        default:
            writeScalar(value, into: &out)
        }
    }

    static func writePretty(_ value: Value, indent: Int, into out: inout [UInt8]) {
        switch value {
        case .structure(let fields) where !fields.isEmpty:
            out.append(UInt8(ascii: "{"))
            var isFirst = true
            for (name, value) in fields {
                newLine(indent + 2, isFirst: &isFirst, into: &out)
                write(name, into: &out)
                out.append(contentsOf: [UInt8(ascii: ":"), 0x20])
                writePretty(value, indent: indent + 2, into: &out)
            }
            close(UInt8(ascii: "}"), indent, into: &out)
        case .list(let elements) where !elements.isEmpty:
            out.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                newLine(indent + 2, isFirst: &isFirst, into: &out)
                writePretty(element, indent: indent + 2, into: &out)
            }
            close(UInt8(ascii: "]"), indent, into: &out)
        default:
            write(value, into: &out)
        }
    }

    private static func newLine(_ indent: Int, isFirst: inout Bool, into out: inout [UInt8]) {
        if !isFirst { out.append(UInt8(ascii: ",")) }
        isFirst = false
        out.append(0x0A)
        out.append(contentsOf: repeatElement(0x20, count: indent))
    }

    private static func close(_ bracket: UInt8, _ indent: Int, into out: inout [UInt8]) {
        out.append(0x0A)
        out.append(contentsOf: repeatElement(0x20, count: indent))
        out.append(bracket)
    }

    private static func writeScalar(_ value: Value, into out: inout [UInt8]) {
        switch value {
        case .bool(let flag): out.append(contentsOf: flag ? "true".utf8 : "false".utf8)
        case .integer(let number): out.append(contentsOf: String(number).utf8)
        case .double(let number): write(number, into: &out)
        case .string(let text): write(text, into: &out)
        case .blob(let blob):
            out.append(UInt8(ascii: "\""))
            Base64.encode(blob.bytes, into: &out)
            out.append(UInt8(ascii: "\""))
        case .timestamp(let moment):
            if moment.milliseconds % 1000 == 0 {
                out.append(contentsOf: String(moment.milliseconds / 1000).utf8)
            } else {
                write(Double(moment.milliseconds) / 1000, into: &out)
            }
        case .null, .list, .structure: out.append(contentsOf: "null".utf8)
        }
    }

    /// Doubles that JSON has no number for go out as the texts that AWS's JSON protocols use.
    private static func write(_ number: Double, into out: inout [UInt8]) {
        if number.isNaN {
            out.append(contentsOf: "\"NaN\"".utf8)
        } else if number.isInfinite {
            out.append(contentsOf: (number < 0 ? "\"-Infinity\"" : "\"Infinity\"").utf8)
        } else if let whole = Int64(exactly: number), abs(whole) < 1 << 53 {
            out.append(contentsOf: "\(whole).0".utf8)
        } else {
            out.append(contentsOf: number.description.utf8)
        }
    }

    static func write(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            if PlainText.needsJSONEscapes(bytes) { escape(bytes, into: &out) } else { out.append(contentsOf: bytes) }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func escape(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: out.append(contentsOf: "\\n".utf8)
            case 0x0D: out.append(contentsOf: "\\r".utf8)
            case 0x09: out.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                out.append(contentsOf: "\\u00".utf8)
                out.append(hexadecimalDigit(byte >> 4))
                out.append(hexadecimalDigit(byte & 0xF))
            default: out.append(byte)
            }
        }
    }

    private static func hexadecimalDigit(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 0x30 + digit : 0x57 + digit
    }
}
