// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One thing that a value must satisfy, and AWS's words for it.
///
/// The words are those of AWS's common service framework, as recorded from DynamoDB, Kinesis, Firehose,
/// CloudFormation, Lambda and Cognito in public issue threads.
public enum Constraint: Sendable, Hashable, CustomStringConvertible {
    case notNull
    case minimumLength(Double)
    case maximumLength(Double)
    case minimumValue(Double)
    case maximumValue(Double)
    case pattern(String)
    /// The texts in the model's order; AWS's own order differs between services and is not in the models.
    case values([String])
    /// What each element of a list must satisfy: said once for the list, with all that the element's shape asks.
    case elements([Constraint])
    /// What each key of a map must satisfy.
    case keys([Constraint])
    /// What each value of a map must satisfy.
    case mapValues([Constraint])

    /// `Member must have length less than or equal to 128`.
    public var description: String {
        switch self {
        case .notNull: "Member must not be null"
        case .minimumLength(let limit): "Member must have length greater than or equal to \(Constraint.text(limit))"
        case .maximumLength(let limit): "Member must have length less than or equal to \(Constraint.text(limit))"
        case .minimumValue(let limit): "Member must have value greater than or equal to \(Constraint.text(limit))"
        case .maximumValue(let limit): "Member must have value less than or equal to \(Constraint.text(limit))"
        case .pattern(let pattern): "Member must satisfy regular expression pattern: \(pattern)"
        case .values(let values): "Member must satisfy enum value set: [\(values.joined(separator: ", "))]"
        case .elements(let inner): "Member must satisfy constraint: \(Constraint.list(inner))"
        case .keys(let inner): "Map keys must satisfy constraint: \(Constraint.list(inner))"
        case .mapValues(let inner): "Map value must satisfy constraint: \(Constraint.list(inner))"
        }
    }

    private static func list(_ constraints: [Constraint]) -> String {
        "[\(constraints.map(\.description).joined(separator: ", "))]"
    }

    /// A limit as the model writes it: whole numbers without a fraction.
    private static func text(_ limit: Double) -> String {
        if let whole = Int64(exactly: limit) { return String(whole) }
        // The model's greatest long, which no double holds, became 2^63.
        return limit == 0x1p63 ? String(Int64.max) : "\(limit)"
    }
}

extension Shape {
    /// What this shape asks of a value, in the order in which AWS lists it for the elements of lists and maps.
    ///
    /// `values` are the texts that the member itself allows, which override the shape's.
    func constraints(values: [String] = []) -> [Constraint] {
        var found: [Constraint] = []
        if isCounted {
            if let limit = limits.maximum { found.append(.maximumLength(limit)) }
            if let limit = limits.minimum { found.append(.minimumLength(limit)) }
        } else {
            if let limit = limits.maximum { found.append(.maximumValue(limit)) }
            if let limit = limits.minimum { found.append(.minimumValue(limit)) }
        }
        if let pattern = limits.pattern { found.append(.pattern(pattern)) }
        let values = values.isEmpty ? limits.values : values
        if !values.isEmpty { found.append(.values(values)) }
        return found
    }

    /// Those that a value breaks, in the order in which AWS reports them: enum, pattern, then size (recorded from
    /// DynamoDB, CloudFormation and Cognito: "regular expression pattern …; … length greater than or equal to …").
    func broken(by value: Value, values: [String] = []) -> [Constraint] {
        var found: [Constraint] = []
        if case .string(let text) = value, case .string = kind {
            let values = values.isEmpty ? limits.values : values
            if !values.isEmpty, !values.contains(text) { found.append(.values(values)) }
            if let pattern = limits.pattern, !matchesPattern(text) { found.append(.pattern(pattern)) }
        }
        guard limits.minimum != nil || limits.maximum != nil, let size = size(of: value) else { return found }
        if let limit = limits.maximum, size > limit {
            found.append(isCounted ? .maximumLength(limit) : .maximumValue(limit))
        }
        if let limit = limits.minimum, size < limit {
            found.append(isCounted ? .minimumLength(limit) : .minimumValue(limit))
        }
        return found
    }

    /// Whether the limits are of a length or a count, not of the value itself.
    private var isCounted: Bool {
        switch kind {
        case .string, .blob, .list, .map, .structure: true
        case .boolean, .integer, .long, .float, .double, .timestamp: false
        }
    }

    /// What the limits measure; nil for a value of another type, which is the wire's affair.
    ///
    /// A text's length is the number of its Unicode scalars (Smithy 2.0, "length trait").
    private func size(of value: Value) -> Double? {
        switch (kind, value) {
        case (.string, .string(let text)): Double(text.unicodeScalars.count)
        case (.blob, .blob(let blob)): Double(blob.count)
        case (.list, .list(let elements)): Double(elements.count)
        case (.map, .structure(let entries)): Double(entries.count)
        case (.integer, .integer(let number)), (.long, .integer(let number)), (.float, .integer(let number)),
            (.double, .integer(let number)):
            Double(number)
        case (.integer, .double(let number)), (.long, .double(let number)), (.float, .double(let number)),
            (.double, .double(let number)):
            number
        default: nil
        }
    }
}
