// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A value while an expression is worked out.
enum SelectValue: Sendable, Hashable {
    /// The record has no such member.
    case missing
    case null
    case bool(Bool)
    case integer(Int64)
    case decimal(Double)
    case text(String)
    /// A field of a CSV file: a text that is compared with numbers as a number.
    case field(String)
    case moment(Timestamp)
    /// A list or structure of a JSON document.
    case node(Value)

    /// What a value of a JSON document is.
    init(_ value: Value?) {
        switch value {
        case nil: self = .missing
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .double(let number): self = .decimal(number)
        case .string(let text): self = .text(text)
        case .some(let node): self = .node(node)
        }
    }

    /// Whether nothing can be said of it.
    var isUnknown: Bool { self == .null || self == .missing }

    /// The text, if it is one.
    var text: String? {
        switch self {
        case .text(let text), .field(let text): text
        default: nil
        }
    }

    /// The number that it is, or reads as.
    var number: SelectNumber? {
        switch self {
        case .integer(let number): .integer(number)
        case .decimal(let number): .decimal(number)
        case .field(let text): SelectNumber(text)
        default: nil
        }
    }

    /// As it stands in an answer of CSV.
    var shown: String {
        switch self {
        case .missing, .null: ""
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .decimal(let number): SelectNumber.text(number)
        case .text(let text), .field(let text): text
        case .moment(let moment): TimeFormats.iso8601(moment)
        case .node(let node): JSON.text(node)
        }
    }

    /// As it stands in an answer of JSON; nil for what is missing.
    var value: Value? {
        switch self {
        case .missing: nil
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .decimal(let number): Int64(exactly: number).map { .integer($0) } ?? .double(number)
        case .text(let text), .field(let text): .string(text)
        case .moment(let moment): .string(TimeFormats.iso8601(moment))
        case .node(let node): node
        }
    }
}

/// A number with a fraction or without: sums of whole numbers stay whole until they overflow.
enum SelectNumber: Sendable {
    case integer(Int64)
    case decimal(Double)

    /// The number that a text reads as.
    init?(_ text: String) {
        let text = text.drop { $0 == " " }
        guard (1...64).contains(text.utf8.count) else { return nil }
        if let number = Int64(text) {
            self = .integer(number)
        } else if text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let number = Double(text) {
            self = .decimal(number)
        } else {
            return nil
        }
    }

    var double: Double {
        switch self {
        case .integer(let number): Double(number)
        case .decimal(let number): number
        }
    }

    var value: SelectValue {
        switch self {
        case .integer(let number): .integer(number)
        case .decimal(let number): .decimal(number)
        }
    }

    /// A number without a fraction is shown without one.
    static func text(_ number: Double) -> String {
        Int64(exactly: number).map { String($0) } ?? "\(number)"
    }

    /// `+ - * / %`; nil where there is none.
    static func calculated(_ sign: String, _ left: SelectNumber, _ right: SelectNumber) -> SelectNumber? {
        if case .integer(let a) = left, case .integer(let b) = right {
            let (result, overflows): (Int64, Bool)
            switch sign {
            case "+": (result, overflows) = a.addingReportingOverflow(b)
            case "-": (result, overflows) = a.subtractingReportingOverflow(b)
            case "*": (result, overflows) = a.multipliedReportingOverflow(by: b)
            case "/":
                if b == 0 { return nil }
                (result, overflows) = a.dividedReportingOverflow(by: b)
            default:
                if b == 0 { return nil }
                (result, overflows) = a.remainderReportingOverflow(dividingBy: b)
            }
            if !overflows { return .integer(result) }
        }
        let (a, b) = (left.double, right.double)
        switch sign {
        case "+": return .decimal(a + b)
        case "-": return .decimal(a - b)
        case "*": return .decimal(a * b)
        case "/": return b == 0 ? nil : .decimal(a / b)
        default: return b == 0 ? nil : .decimal(a.truncatingRemainder(dividingBy: b))
        }
    }
}

extension SelectValue {
    /// Less than, equal to or greater than another; nil where the two cannot be compared.
    func order(_ other: SelectValue) -> Int? {
        if isUnknown || other.isUnknown { return nil }
        if let left = text, let right = other.text { return Self.order(left, right) }
        if let left = number, let right = other.number {
            if case .integer(let a) = left, case .integer(let b) = right { return Self.order(a, b) }
            return left.double.isNaN || right.double.isNaN ? nil : Self.order(left.double, right.double)
        }
        switch (self, other) {
        case (.bool(let left), .bool(let right)): return Self.order(left ? 1 : 0, right ? 1 : 0)
        case (.bool(let left), .field(let right)): return Self.order(left ? "true" : "false", right.lowercased())
        case (.field, .bool): return other.order(self).map { -$0 }
        case (.moment(let left), .moment(let right)): return Self.order(left, right)
        case (.node(let left), .node(let right)): return left == right ? 0 : nil
        default: return nil
        }
    }

    private static func order<T: Comparable>(_ left: T, _ right: T) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }
}
