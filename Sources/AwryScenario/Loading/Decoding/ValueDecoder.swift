// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Values typed by the service model: `respond`, `fields` and the inputs of `setup`.
extension ScenarioDecoder {
    /// The value of a shape; `place` says in messages whose value it is.
    func value(
        _ node: Node, _ id: ShapeID, _ service: Service, _ scope: TemplateScope, _ place: String
    ) -> TemplatedValue? {
        let shape = service[id]
        if node.isNull {
            if shape.traits.flags.contains(.document) { return .plain(.null) }
            report.mistake(node.location, "\(place) cannot be null; leave it out")
            return nil
        }
        if shape.traits.flags.contains(.document) { return untyped(node, scope) }
        if case .special(let special) = special(node, scope) {
            return special.flatMap { self.special($0, node, id, service, scope, place) }
        }
        switch shape.kind {
        case .structure:
            if shape.traits.flags.contains(.eventStream), let elements = node.elements {
                return events(elements, shape, service, scope)
            }
            return structure(node, shape, service, scope, place)
        case .list(let element): return list(node, element, service, scope, place)
        case .map(_, let member): return map(node, member, service, scope, place)
        default: return scalar(node, shape, scope, place)
        }
    }

    private func structure(
        _ node: Node, _ shape: Shape, _ service: Service, _ scope: TemplateScope, _ place: String
    ) -> TemplatedValue? {
        guard let entries = node.entries else {
            report.mistake(node.location, "\(place) is a mapping, found \(node.kindName)")
            return nil
        }
        var members: [(name: String, value: TemplatedValue)] = []
        for entry in entries {
            guard let member = shape.member(entry.key) else {
                let near = Words.question(for: entry.key, among: shape.members.map(\.name), orAll: "there are")
                report.mistake(entry.keyLocation, "\(place) has no member \(Node.Scalar.shown(entry.key))\(near)")
                continue
            }
            if let value = value(entry.value, member.shape, service, scope, "`\(entry.key)`") {
                members.append((entry.key, value))
            }
        }
        if shape.traits.flags.contains(.union), entries.count > 1 {
            report.mistake(node.location, "\(place) takes exactly one of its members, found \(entries.count)")
        }
        return .structure(members)
    }

    /// What a stream sends, in order: each element names one event.
    private func events(
        _ elements: [Node], _ shape: Shape, _ service: Service, _ scope: TemplateScope
    ) -> TemplatedValue {
        var events: [TemplatedValue] = []
        for node in elements {
            if let count = node.entries?.count, count != 1 {
                report.mistake(node.location, "an event is written `Name: { … }`; found \(count) names")
            } else if let event = structure(node, shape, service, scope, "an event") {
                events.append(event)
            }
        }
        return .list(events)
    }

    private func list(
        _ node: Node, _ element: Member, _ service: Service, _ scope: TemplateScope, _ place: String
    ) -> TemplatedValue? {
        guard let elements = node.elements else {
            report.mistake(node.location, "\(place) is a list, found \(node.kindName)")
            return nil
        }
        var values: [TemplatedValue] = []
        for node in elements {
            if case .special(.repeated(let inner, let count)) = special(node, scope) {
                guard let value = value(inner, element.shape, service, scope, "an element of \(place)") else {
                    continue
                }
                if makes(value.weight, count, node.location) { values += Array(repeating: value, count: count) }
            } else if let value = value(node, element.shape, service, scope, "an element of \(place)") {
                values.append(value)
            }
        }
        return .list(values)
    }

    private func map(
        _ node: Node, _ member: Member, _ service: Service, _ scope: TemplateScope, _ place: String
    ) -> TemplatedValue? {
        guard let entries = node.entries else {
            report.mistake(node.location, "\(place) is a mapping, found \(node.kindName)")
            return nil
        }
        return .structure(
            entries.compactMap { entry in
                value(entry.value, member.shape, service, scope, "`\(entry.key)`").map { (entry.key, $0) }
            })
    }

    private func scalar(_ node: Node, _ shape: Shape, _ scope: TemplateScope, _ place: String) -> TemplatedValue? {
        guard let scalar = node.scalar else {
            let isJSON = { if case .string = shape.kind { true } else { false } }()
            let advice = isJSON && node.entries != nil ? "; a text that holds JSON is written { $json: … }" : ""
            report.mistake(node.location, "\(place) is \(shape.kindName), found \(node.kindName)\(advice)")
            return nil
        }
        if scalar.text.utf8.contains(UInt8(ascii: "$")) || shape.isText {
            guard let template = template(scalar.text, node.location, scope) else { return nil }
            guard let literal = template.literal else { return .text(template) }
            return plain(Node.Scalar(text: literal, isPlain: scalar.isPlain), shape, node.location, place).map {
                .plain($0)
            }
        }
        return plain(scalar, shape, node.location, place).map { .plain($0) }
    }

    private func plain(_ scalar: Node.Scalar, _ shape: Shape, _ location: SourceLocation, _ place: String) -> Value? {
        switch shape.kind {
        case .string:
            checkEnum(scalar.text, shape, location, place)
            return .string(scalar.text)
        case .blob: return .blob(Blob(utf8: scalar.text))
        case .boolean: if let flag = scalar.bool { return .bool(flag) }
        case .integer:
            if let number = scalar.integer, Int32(exactly: number) != nil { return .integer(number) }
        case .long: if let number = scalar.integer { return .integer(number) }
        case .float, .double:
            if let number = scalar.number { return .double(number) }
            if ["NaN", "Infinity", "-Infinity"].contains(scalar.text) {
                return .double(scalar.text == "NaN" ? .nan : scalar.text == "Infinity" ? .infinity : -.infinity)
            }
        case .timestamp:
            if let number = scalar.number, let moment = TimeFormats.moment(epochSeconds: number) {
                return .timestamp(moment)
            }
            if let moment = TimeFormats.parseISO8601(scalar.text) ?? TimeFormats.parseRFC822(scalar.text) {
                return .timestamp(moment)
            }
        case .structure, .list, .map: break
        }
        report.mistake(location, "\(place) is \(shape.kindName), found \(scalar.kindName)\(advice(scalar, shape))")
        return nil
    }

    private func advice(_ scalar: Node.Scalar, _ shape: Shape) -> String {
        switch shape.kind {
        case .boolean: Words.truths[scalar.text.lowercased()].map { "; write `\($0)`" } ?? ""
        case .integer, .long, .float, .double:
            !scalar.isPlain && Double(scalar.text) != nil ? "; leave the quotes out" : ""
        default: ""
        }
    }

    private func checkEnum(_ text: String, _ shape: Shape, _ location: SourceLocation, _ place: String) {
        let values = shape.limits.values
        guard !values.isEmpty, !values.contains(text) else { return }
        let near = Words.question(for: text, among: values, orAll: "there are")
        report.warning(location, "\(place): AWS knows no value \(Node.Scalar.shown(text))\(near)")
    }

    /// A value of which no model says the type: scalars by the core schema, texts as templates.
    func untyped(_ node: Node, _ scope: TemplateScope) -> TemplatedValue? {
        if case .special(let special) = special(node, scope) {
            switch special {
            case .bytes(let bytes): return .plain(.string(String(decoding: bytes, as: UTF8.self)))
            case .text(let template): return .text(template)
            case .repeated(let inner, let count):
                guard let value = untyped(inner, scope), makes(value.weight, count, node.location) else { return nil }
                return .list(Array(repeating: value, count: count))
            case nil: return nil
            }
        }
        switch node.content {
        case .scalar(let scalar):
            guard case .string(let text) = scalar.plainValue else { return .plain(scalar.plainValue) }
            guard let template = template(text, node.location, scope) else { return nil }
            return template.literal.map { .plain(.string($0)) } ?? .text(template)
        case .sequence(let elements): return .list(elements.compactMap { untyped($0, scope) })
        case .mapping(let entries):
            return .structure(entries.compactMap { entry in untyped(entry.value, scope).map { (entry.key, $0) } })
        }
    }
}

extension Shape {
    /// "a list", "a whole number", for messages.
    fileprivate var kindName: String {
        switch kind {
        case .string: "a text"
        case .boolean: "`true` or `false`"
        case .integer: "a whole number of 32 bits"
        case .long: "a whole number"
        case .float, .double: "a number"
        case .blob: "bytes (a text, { $base64: … } or { $file: … })"
        case .timestamp: "a moment such as `2026-03-01T12:00:00Z`"
        case .structure, .map: "a mapping"
        case .list: "a list"
        }
    }

    fileprivate var isText: Bool {
        switch kind {
        case .string, .blob: true
        default: false
        }
    }
}

extension TemplatedValue {
    /// Roughly the bytes that it takes, for bounds.
    var weight: Int {
        switch self {
        case .plain(.string(let text)): 16 + text.utf8.count
        case .plain(.blob(let blob)): 16 + blob.count
        case .plain: 16
        case .text(let template): 16 + template.weight
        case .list(let elements): elements.reduce(16) { $0 + $1.weight }
        case .structure(let members): members.reduce(16) { $0 + $1.name.utf8.count + $1.value.weight }
        }
    }
}

extension Template {
    /// The bytes of its literal pieces, and a few for each reference.
    var weight: Int {
        pieces.reduce(0) { sum, piece in
            if case .text(let text) = piece { sum + text.utf8.count } else { sum + 16 }
        }
    }
}
