// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The JSON Schema (draft 2020-12) of scenario files, made from the same key tables as the loader. Editors complete and
/// check by it; what needs the service models (members, operations, errors) only the loader knows.
public enum ScenarioSchema {
    /// The schema, indented.
    public static var text: String { JSON.text(value, pretty: true) }

    /// The schema as a value.
    public static var value: Value {
        var fields: Fields = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Awry scenario",
        ]
        for (name, value) in object(Keys.scenario) { fields[name] = value }
        fields["$defs"] = .structure(
            Fields(Form.Name.allCases.map { ($0.rawValue, .structure(schema(Keys.form($0)))) }))
        return .structure(fields)
    }

    private static func schema(_ form: Form) -> Fields {
        switch form {
        case .text, .template: ["type": ["string", "number", "boolean"]]
        case .formed(let form): schema(form)
        case .boolean: ["type": "boolean"]
        case .integer(let min, let max):
            bounded(["type": "integer"], Double(min), max.map(Double.init))
        case .number(let min, let max):
            bounded(["type": "number"], min.isFinite ? min : nil, max.isFinite ? max : nil)
        case .choice(let words): ["enum": .list(words.map { .string($0) })]
        case .null: ["type": "null"]
        case .list(let element): ["type": "array", "items": .structure(schema(element))]
        case .either(let forms): ["anyOf": .list(forms.map { .structure(schema($0)) })]
        case .keys(let table): object(table)
        case .map(let value): ["type": "object", "additionalProperties": .structure(schema(value))]
        case .named(let name): ["$ref": .string("#/$defs/\(name.rawValue)")]
        case .anything: [:]
        }
    }

    private static func schema(_ form: TextForm) -> Fields {
        let text: Fields = ["type": "string", "pattern": .string(form.pattern)]
        if form.takesNumbers {
            return [
                "anyOf": [.structure(text), ["type": "number", "minimum": 0]], "description": .string(form.wanted),
            ]
        }
        return text
    }

    private static func bounded(_ fields: Fields, _ min: Double?, _ max: Double?) -> Fields {
        var fields = fields
        if let min { fields["minimum"] = number(min) }
        if let max { fields["maximum"] = number(max) }
        return fields
    }

    private static func number(_ number: Double) -> Value {
        Int64(exactly: number).map { .integer($0) } ?? .double(number)
    }

    private static func object(_ table: KeyTable) -> Fields {
        var properties = Fields()
        for key in table.keys {
            var fields = schema(key.form)
            fields["description"] = .string(key.isLater ? "not supported yet: \(key.summary)" : key.summary)
            properties[key.name] = .structure(fields)
        }
        var fields: Fields = [
            "type": "object", "properties": .structure(properties), "additionalProperties": false,
        ]
        if let others = table.others {
            var value = schema(others.value)
            value["description"] = .string(others.summary)
            fields["patternProperties"] = .structure([others.form.pattern: .structure(value)])
        }
        if !table.required.isEmpty { fields["required"] = .list(table.required.map { .string($0) }) }
        if !table.exclusive.isEmpty { fields["oneOf"] = .list(atMostOne(table.exclusive)) }
        return fields
    }

    /// Each name alone, or none of them.
    private static func atMostOne(_ names: [String]) -> [Value] {
        let each: [Value] = names.map { ["required": [.string($0)]] }
        return each + [["not": ["anyOf": .list(each)]]]
    }
}
