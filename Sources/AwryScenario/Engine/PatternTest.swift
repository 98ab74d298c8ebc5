// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Pattern {
    /// Whether a text, or its absence, is what the pattern wants.
    func matches(_ text: String?) -> Bool {
        matches(text.map { Value.string($0) })
    }

    /// Whether a value, or its absence, is what the pattern wants. Patterns of text see scalars as their text.
    func matches(_ value: Value?) -> Bool {
        switch self {
        case .equals(let wanted): Pattern.equal(value ?? .null, wanted)
        case .glob(let glob): value?.scalarText.map { glob.matches($0) } ?? false
        case .regex(let regex): value?.scalarText.map { regex.matches($0) } ?? false
        case .contains(let part): value?.scalarText.map { Pattern.contains(part, in: $0) } ?? false
        case .startsWith(let start): value?.scalarText.map { $0.utf8.starts(with: start.utf8) } ?? false
        case .endsWith(let end):
            value?.scalarText.map { $0.utf8.reversed().starts(with: end.utf8.reversed()) } ?? false
        case .anyOf(let patterns): patterns.contains { $0.matches(value) }
        case .not(let pattern): !pattern.matches(value)
        case .exists(let wanted): (value != nil && value != .null) == wanted
        case .greater(let bound): value?.number.map { $0 > bound } ?? false
        case .greaterOrEqual(let bound): value?.number.map { $0 >= bound } ?? false
        case .less(let bound): value?.number.map { $0 < bound } ?? false
        case .lessOrEqual(let bound): value?.number.map { $0 <= bound } ?? false
        case .all(let patterns): patterns.allSatisfy { $0.matches(value) }
        }
    }

    /// Whether the value at a path matches; with `*` in the path, whether that of any element does. What is not there
    /// is held against the pattern as absent.
    func matches(_ fields: Fields, at path: ArraySlice<String>) -> Bool {
        guard let name = path.first else { return matches(.structure(fields)) }
        let rest = path.dropFirst()
        if name == "*" {
            return fields.isEmpty ? matches(nil as Value?) : fields.contains { matches($0.value, at: rest) }
        }
        guard let value = fields[name] else { return matches(nil as Value?) }
        return matches(value, at: rest)
    }

    /// The same from any value on.
    func matches(_ value: Value, at path: ArraySlice<String>) -> Bool {
        guard let name = path.first else { return matches(value) }
        switch value {
        case .structure(let fields):
            return matches(fields, at: path)
        case .list(let elements):
            let rest = path.dropFirst()
            if name == "*" {
                return elements.isEmpty ? matches(nil as Value?) : elements.contains { matches($0, at: rest) }
            }
            guard let index = Int(name), elements.indices.contains(index) else { return matches(nil as Value?) }
            return matches(elements[index], at: rest)
        case .blob(let blob):
            return blob.json.map { matches($0, at: path) } ?? matches(nil as Value?)
        default:
            return matches(nil as Value?)
        }
    }

    /// Equal in kind, or both numbers, or one a text and the other's text the same.
    private static func equal(_ value: Value, _ wanted: Value) -> Bool {
        if value == wanted { return true }
        switch (value, wanted) {
        case (.integer, .double), (.double, .integer): return value.number == wanted.number
        case (.null, _), (_, .null): return false
        case (.string, _), (_, .string): return value.scalarText != nil && value.scalarText == wanted.scalarText
        default: return false
        }
    }

    /// Whether `part` occurs in `text`, byte for byte.
    private static func contains(_ part: String, in text: String) -> Bool {
        var text = text
        var part = part
        return text.withUTF8 { text in
            part.withUTF8 { part in
                guard let first = part.first else { return true }
                guard part.count <= text.count else { return false }
                for start in 0...(text.count - part.count) where text[start] == first {
                    if text[start..<(start + part.count)].elementsEqual(part) { return true }
                }
                return false
            }
        }
    }
}
