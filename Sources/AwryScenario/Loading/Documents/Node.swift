// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A piece of a YAML or JSON document, with its place. Scalars keep their source text: what a scalar means is decided
/// by the type wanted at its place.
struct Node: Sendable {
    /// What the node is.
    enum Content: Sendable {
        /// Entries in the document's order; no key twice.
        case mapping([Entry])
        case sequence([Node])
        case scalar(Scalar)
    }

    /// One key of a mapping and its value.
    struct Entry: Sendable {
        let key: String
        let keyLocation: SourceLocation
        let value: Node
    }

    /// A text as it stood in the document, quotes and escapes resolved.
    struct Scalar: Sendable {
        let text: String
        /// Written without quotes: may be a number, a boolean or null. Quoted and block scalars are always texts.
        let isPlain: Bool
    }

    let content: Content
    let location: SourceLocation

    /// The entries, if this is a mapping.
    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The elements, if this is a sequence.
    var elements: [Node]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The scalar, if this is one.
    var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// Whether this is null, or nothing at all.
    var isNull: Bool { scalar?.isNull ?? false }

    /// The value of a key, if this is a mapping that has it.
    func value(_ key: String) -> Node? {
        entries?.first { $0.key == key }?.value
    }

    /// What came, for messages: "a list", "the text `x`", "nothing".
    var kindName: String {
        switch content {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar): scalar.kindName
        }
    }

    /// The node as an untyped value: scalars by YAML 1.2's core schema.
    var plainValue: Value {
        switch content {
        case .mapping(let entries): .structure(Fields(entries.map { ($0.key, $0.value.plainValue) }))
        case .sequence(let elements): .list(elements.map(\.plainValue))
        case .scalar(let scalar): scalar.plainValue
        }
    }
}

/// YAML 1.2's core schema (section 10.3.2): no `yes`, `no`, `on`, `off`, and no sexagesimal numbers.
extension Node.Scalar {
    var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

    var bool: Bool? {
        guard isPlain else { return nil }
        if ["true", "True", "TRUE"].contains(text) { return true }
        return ["false", "False", "FALSE"].contains(text) ? false : nil
    }

    /// The integer; nil also where it does not fit 64 bits.
    var integer: Int64? {
        guard isPlain else { return nil }
        if text.hasPrefix("0x") {
            return Node.Scalar.digits(text.dropFirst(2)) ? Int64(text.dropFirst(2), radix: 16) : nil
        }
        if text.hasPrefix("0o") {
            return Node.Scalar.digits(text.dropFirst(2)) ? Int64(text.dropFirst(2), radix: 8) : nil
        }
        return Int64(text)
    }

    /// The number, with or without a fraction.
    var number: Double? {
        guard isPlain else { return nil }
        if let integer { return Double(integer) }
        switch text {
        case ".nan", ".NaN", ".NAN": return .nan
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
        case "-.inf", "-.Inf", "-.INF": return -.infinity
        default: break
        }
        // Double's own reader takes more than YAML does ("inf", "0x1p3"): only digits, point, sign and exponent pass.
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return nil }
        guard text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }) else { return nil }
        return Double(text)
    }

    var plainValue: Value {
        if isNull { return .null }
        if let bool { return .bool(bool) }
        if let integer { return .integer(integer) }
        if let number { return .double(number) }
        return .string(text)
    }

    var kindName: String {
        if isPlain, text.isEmpty { return "nothing" }
        if isNull { return "null" }
        if bool != nil { return "`\(text)`" }
        if number != nil { return "the number \(text)" }
        return "the text \(Node.Scalar.shown(text))"
    }

    /// A text for messages: on one line, in back quotes, not longer than a person reads.
    static func shown(_ text: String) -> String {
        var short = String(
            text.unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
        if text.unicodeScalars.count > 60 { short += "…" }
        return "`\(short)`"
    }

    private static func digits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
    }
}
