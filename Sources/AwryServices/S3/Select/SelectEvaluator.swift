// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Works expressions out for a record. What is compared with null or with what is missing is unknown, and unknown is
/// not true.
struct SelectEvaluator {
    /// The name by which expressions may call the record.
    let alias: String?
    let now: Timestamp
    /// The aggregates' values, once all records were seen.
    var totals: [SelectValue] = []

    /// Whether a condition holds.
    func isTrue(_ expression: SelectExpression, _ record: SelectRecord) throws(WireError) -> Bool {
        try truth(expression, record) == true
    }

    func value(_ expression: SelectExpression, _ record: SelectRecord) throws(WireError) -> SelectValue {
        switch expression {
        case .literal(let value): return value
        case .path(let steps): return try record.value(at: withoutAlias(steps))
        case .aggregate(let index): return totals.indices.contains(index) ? totals[index] : .null
        case .negative(let inner):
            let zero = SelectExpression.literal(.integer(0))
            return try arithmetic("-", zero, inner, record)
        case .arithmetic(let sign, let left, let right): return try arithmetic(sign, left, right, record)
        case .cast(let inner, let type): return try SelectFunctions.cast(try value(inner, record), to: type)
        case .choice(let operand, let cases, let otherwise):
            for one in cases {
                let applies: Bool
                if let operand {
                    applies = try value(operand, record).order(try value(one.when, record)) == 0
                } else {
                    applies = try isTrue(one.when, record)
                }
                if applies { return try value(one.then, record) }
            }
            return if let otherwise { try value(otherwise, record) } else { .null }
        case .call(let name, let word, let arguments):
            var values: [SelectValue] = []
            for argument in arguments { values.append(try value(argument, record)) }
            return try SelectFunctions.call(name, word, values, now: now)
        case .comparison, .and, .or, .not, .between, .isIn, .like, .isNull, .isMissing:
            return try truth(expression, record).map { .bool($0) } ?? .null
        }
    }

    /// `s.name`, `S3Object.name` and `name` are the same.
    private func withoutAlias(_ steps: [SelectStep]) -> ArraySlice<SelectStep> {
        guard case .name(let first, let isQuoted) = steps.first else { return steps[...] }
        let names = [alias, "S3Object"].compactMap { $0 }
        let isRecord = names.contains { isQuoted ? $0 == first : $0.lowercased() == first.lowercased() }
        return isRecord ? steps.dropFirst() : steps[...]
    }

    private func arithmetic(
        _ sign: String, _ left: SelectExpression, _ right: SelectExpression, _ record: SelectRecord
    ) throws(WireError) -> SelectValue {
        let (left, right) = (try value(left, record), try value(right, record))
        if left.isUnknown || right.isUnknown { return .null }
        if sign == "||" { return .text(left.shown + right.shown) }
        guard let a = left.number, let b = right.number else {
            throw SelectErrors.error(
                "IncorrectSqlFunctionArgumentType",
                "Incorrect type of arguments in function call in the SQL expression.")
        }
        guard let result = SelectNumber.calculated(sign, a, b) else {
            throw SelectErrors.error("EvaluatorInvalidArguments", "Division by zero in the SQL expression.")
        }
        return result.value
    }

    /// nil where it is unknown.
    private func truth(_ expression: SelectExpression, _ record: SelectRecord) throws(WireError) -> Bool? {
        switch expression {
        case .and(let left, let right):
            let first = try truth(left, record)
            if first == false { return false }
            let second = try truth(right, record)
            return second == false ? false : first == nil || second == nil ? nil : true
        case .or(let left, let right):
            let first = try truth(left, record)
            if first == true { return true }
            let second = try truth(right, record)
            return second == true ? true : first == nil || second == nil ? nil : false
        case .not(let inner): return try truth(inner, record).map { !$0 }
        case .comparison(let sign, let left, let right):
            return Self.compare(sign, try value(left, record), try value(right, record))
        case .between(let inner, let low, let high):
            let value = try value(inner, record)
            guard let above = Self.compare(">=", value, try self.value(low, record)),
                let below = Self.compare("<=", value, try self.value(high, record))
            else { return nil }
            return above && below
        case .isIn(let inner, let list):
            let value = try value(inner, record)
            if value.isUnknown { return nil }
            for one in list where value.order(try self.value(one, record)) == 0 { return true }
            return false
        case .like(let inner, let pattern, let escape):
            return try like(inner, pattern, escape, record)
        // An empty field of CSV is a text, not null.
        case .isNull(let inner): return try value(inner, record).isUnknown
        case .isMissing(let inner): return try value(inner, record) == .missing
        default:
            switch try value(expression, record) {
            case .bool(let flag): return flag
            case .field(let text):
                return text.lowercased() == "true" ? true : text.lowercased() == "false" ? false : nil
            default: return nil
            }
        }
    }

    private static func compare(_ sign: String, _ left: SelectValue, _ right: SelectValue) -> Bool? {
        if left.isUnknown || right.isUnknown { return nil }
        // What cannot be compared is neither equal nor in any order.
        guard let order = left.order(right) else { return sign == "<>" }
        switch sign {
        case "<": return order < 0
        case ">": return order > 0
        case "<=": return order <= 0
        case ">=": return order >= 0
        case "=": return order == 0
        default: return order != 0
        }
    }

    private func like(
        _ inner: SelectExpression, _ pattern: SelectExpression, _ escape: SelectExpression?, _ record: SelectRecord
    ) throws(WireError) -> Bool? {
        guard let text = try value(inner, record).text, let wanted = try value(pattern, record).text else { return nil }
        var sign: Character?
        if let escape {
            guard let said = try value(escape, record).text, said.count == 1 else {
                throw SelectErrors.error(
                    "LikeInvalidInputs", "Invalid argument given to the LIKE clause in the SQL expression.")
            }
            sign = said.first
        }
        return SelectLike(wanted, escape: sign).matches(text)
    }
}

/// A pattern of LIKE: `%` is any text, `_` one character.
struct SelectLike {
    private enum Part: Equatable {
        case any
        case one
        case character(Character)
    }

    private let parts: [Part]

    init(_ pattern: String, escape: Character?) {
        var parts: [Part] = []
        var isEscaped = false
        for character in pattern {
            if !isEscaped, character == escape {
                isEscaped = true
                continue
            }
            switch character {
            case "%" where !isEscaped: if parts.last != .any { parts.append(.any) }
            case "_" where !isEscaped: parts.append(.one)
            default: parts.append(.character(character))
            }
            isEscaped = false
        }
        self.parts = parts
    }

    /// Goes back to the last `%` alone, so that no pattern takes longer than the product of both lengths.
    func matches(_ text: String) -> Bool {
        let text = Array(text)
        var (at, part) = (0, 0)
        var retry: (part: Int, at: Int)?
        while at < text.count {
            if part < parts.count, parts[part] == .any {
                retry = (part + 1, at)
                part += 1
            } else if part < parts.count, parts[part] == .one || parts[part] == .character(text[at]) {
                at += 1
                part += 1
            } else if let last = retry {
                retry = (last.part, last.at + 1)
                (part, at) = (last.part, last.at + 1)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }
}
