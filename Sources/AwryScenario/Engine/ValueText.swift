// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Value {
    /// A scalar as text: a blob as the UTF-8 that it is, else as base64. Nil for null, lists and structures.
    var scalarText: String? {
        switch self {
        case .null, .list, .structure: return nil
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .double(let number): return String(number)
        case .string(let text): return text
        case .blob(let blob):
            // Of an object of any size no more than this is brought into memory for a pattern or a template.
            let bytes = blob.prefix(16 << 20).bytes
            return String(validating: bytes, as: UTF8.self) ?? Base64.text(bytes)
        case .timestamp(let moment): return TimeFormats.iso8601(moment)
        }
    }

    /// The value inside a longer text: a scalar's text, nothing for null, JSON for the rest.
    var templateText: String {
        switch self {
        case .null: ""
        case .list, .structure: JSON.text(self)
        default: scalarText ?? ""
        }
    }

    /// The number, if this is one, a text that reads as one, or a moment in seconds since 1970.
    var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(text)
        case .timestamp(let moment): Double(moment.milliseconds) / 1000
        default: nil
        }
    }

    /// The value at a dotted path: names in structures, indices from 0 in lists.
    func value(at path: ArraySlice<String>) -> Value? {
        guard let name = path.first else { return self }
        switch self {
        case .structure(let fields): return fields[name]?.value(at: path.dropFirst())
        case .list(let elements):
            guard let index = Int(name), elements.indices.contains(index) else { return nil }
            return elements[index].value(at: path.dropFirst())
        case .blob(let blob): return blob.json?.value(at: path)
        default: return nil
        }
    }
}

extension Blob {
    /// Larger bytes are not read for a rule.
    private static let longestJSON = 1 << 20

    /// The JSON that the bytes are, if they are; `params` may go on inside it.
    var json: Value? { count <= Self.longestJSON ? try? JSON.parse(bytes) : nil }
}
