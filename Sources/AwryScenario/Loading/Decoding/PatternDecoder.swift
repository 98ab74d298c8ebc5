// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What kind of value a pattern is held against: it decides what a plain scalar means.
enum PatternType: Hashable {
    case text, number, boolean, blob, timestamp
    /// Lists, structures and maps: only `exists` says something about them.
    case container
    /// Not known, or different from operation to operation.
    case any

    init(_ shape: Shape) {
        if shape.traits.flags.contains(.document) {
            self = .any
            return
        }
        switch shape.kind {
        case .string: self = .text
        case .boolean: self = .boolean
        case .integer, .long, .float, .double: self = .number
        case .blob: self = .blob
        case .timestamp: self = .timestamp
        case .structure, .list, .map: self = .container
        }
    }
}

extension ScenarioDecoder {
    /// A pattern: a scalar, or a mapping all of whose entries must hold.
    func pattern(_ node: Node, _ type: PatternType, path: String? = nil) -> Pattern? {
        switch node.content {
        case .scalar(let scalar):
            if scalar.isNull {
                report.mistake(node.location, "a pattern cannot be null; write { exists: false } for what is missing")
                return nil
            }
            return self.scalar(scalar, type, node)
        case .sequence:
            report.mistake(node.location, "a pattern cannot be a list; write { anyOf: […] } for one of several")
            return nil
        case .mapping(let entries):
            if let path, let key = entries.first?.key, Keys.pattern[key] == nil, Keys.pattern.hints[key] == nil,
                Words.question(for: key, among: Keys.pattern.names).isEmpty
            {
                report.mistake(
                    entries[0].keyLocation,
                    "unknown key `\(key)` in a pattern; a member of `\(path)` is written with a dot: `\(path).\(key)`"
                )
                return nil
            }
            return operators(node, type)
        }
    }

    private func scalar(_ scalar: Node.Scalar, _ type: PatternType, _ node: Node) -> Pattern? {
        switch type {
        case .text, .blob: return .glob(Glob(scalar.text))
        case .number:
            if let value = scalar.integer { return .equals(.integer(value)) }
            if let value = scalar.number { return .equals(.double(value)) }
            if Glob(scalar.text).literal == nil { return .glob(Glob(scalar.text)) }
            return refuse(node, "a number")
        case .boolean:
            return boolean(node, called: "the pattern of a boolean").map { .equals(.bool($0)) }
        case .timestamp:
            if let number = scalar.number { return .equals(.timestamp(Timestamp(milliseconds: Self.millis(number)))) }
            guard let moment = formed(node, .moment, MomentText.parseISO) else { return nil }
            return .equals(.timestamp(moment))
        case .container:
            report.mistake(node.location, "this is no single value; write a path to what is in it, or { exists: true }")
            return nil
        case .any:
            switch scalar.plainValue {
            case .string: return .glob(Glob(scalar.text))
            case let value: return .anyOf([.equals(value), .glob(Glob(scalar.text))])
            }
        }
    }

    private func operators(_ node: Node, _ type: PatternType) -> Pattern? {
        guard let section = open(node, Keys.pattern) else { return nil }
        guard !section.entries.isEmpty else {
            if node.entries?.isEmpty == true { report.mistake(node.location, "this pattern says nothing") }
            return nil
        }
        let parts = section.entries.compactMap { comparison($0, type) }
        guard parts.count == section.entries.count else { return nil }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private func comparison(_ entry: Node.Entry, _ type: PatternType) -> Pattern? {
        let node = entry.value
        switch entry.key {
        case "equals": return equals(node, type)
        case "glob": return text(node, "a glob").map { .glob(Glob($0)) }
        case "regex": return regex(node)
        case "contains": return text(node, "a text").map { .contains($0) }
        case "startsWith": return text(node, "a text").map { .startsWith($0) }
        case "endsWith": return text(node, "a text").map { .endsWith($0) }
        case "anyOf":
            guard let elements = list(node, "a list of patterns") else { return nil }
            if elements.isEmpty { report.mistake(node.location, "an empty `anyOf` matches nothing") }
            return .anyOf(elements.compactMap { pattern($0, type) })
        case "not": return pattern(node, type).map { .not($0) }
        case "exists": return boolean(node, called: "`exists`").map { .exists($0) }
        case "gt": return bound(entry, type).map { .greater($0) }
        case "gte": return bound(entry, type).map { .greaterOrEqual($0) }
        case "lt": return bound(entry, type).map { .less($0) }
        case "lte": return bound(entry, type).map { .lessOrEqual($0) }
        default: return nil
        }
    }

    private func equals(_ node: Node, _ type: PatternType) -> Pattern? {
        guard let scalar = node.scalar else { return .equals(node.plainValue) }
        switch type {
        case .text, .blob: return .equals(.string(scalar.text))
        case .number, .boolean, .timestamp: return self.scalar(scalar, type, node)
        case .any, .container: return .equals(scalar.plainValue)
        }
    }

    private func regex(_ node: Node) -> Pattern? {
        guard let text = text(node, "a regular expression") else { return nil }
        do {
            return .regex(try Regex(text))
        } catch {
            report.mistake(
                node.location,
                "not a regular expression: \(error.message) (after \(error.offset) bytes of \(Node.Scalar.shown(text)))"
            )
            return nil
        }
    }

    private func bound(_ entry: Node.Entry, _ type: PatternType) -> Double? {
        if type == .timestamp, entry.value.scalar?.number == nil {
            return formed(entry.value, .moment, MomentText.parseISO).map { Double($0.milliseconds) / 1000 }
        }
        return number(entry.value, -Double.infinity...Double.infinity, called: "`\(entry.key)`")
    }

    /// Milliseconds of seconds since 1970, within what 64 bits hold.
    static func millis(_ seconds: Double) -> Int64 {
        Int64(exactly: (seconds * 1000).rounded()) ?? (seconds < 0 ? .min : .max)
    }
}
