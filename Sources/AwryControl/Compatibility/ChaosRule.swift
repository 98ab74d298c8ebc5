// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// LocalStack's fault rules as rules of a scenario: `{ service, region, operation, probability, error: { statusCode,
/// code } }`, each part of which may be left out.
public enum ChaosRule {
    private static let keys = ["service", "region", "operation", "probability", "error"]
    private static let errorKeys = ["statusCode", "code"]

    /// The rule, as a scenario's `rules` would have it.
    public static func rule(_ fault: Value, id: String? = nil) throws(ControlError) -> Value {
        guard let fields = fault.fields else {
            throw ControlError(400, "expected a fault rule, found \(fault.kindName)")
        }
        try check(fields, keys)
        var match: Fields = ["service": .string(try text("service", fields) ?? "*")]
        for name in ["operation", "region"] {
            if let value = try text(name, fields) { match[name] = .string(value) }
        }
        var rule = Fields()
        if let id { rule["id"] = .string(id) }
        rule["match"] = .structure(match)
        if let probability = fields["probability"], probability != 1, probability != .double(1) {
            rule["probability"] = probability
        }
        let error = fields["error"] ?? [:]
        guard let parts = error.fields else { throw ControlError(400, "`error`: expected a mapping") }
        try check(parts, errorKeys)
        rule["error"] = [
            "code": .string(try text("code", parts) ?? "ServiceUnavailable"), "status": parts["statusCode"] ?? 503,
        ]
        return .structure(rule)
    }

    private static func text(_ name: String, _ fields: Fields) throws(ControlError) -> String? {
        guard let value = fields[name] else { return nil }
        guard let text = value.string else {
            throw ControlError(400, "`\(name)`: expected a text, found \(value.kindName)")
        }
        return text
    }

    private static func check(_ fields: Fields, _ known: [String]) throws(ControlError) {
        for name in fields.names where !known.contains(name) {
            throw ControlError(400, "unknown key `\(name)`\(Nearest.question(for: name, among: known))")
        }
    }
}
