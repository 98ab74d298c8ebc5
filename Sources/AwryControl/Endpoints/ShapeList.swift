// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Shapes as JSON, each once and by its name, so that one that contains itself is no trouble.
struct ShapeList {
    private let service: Service
    private var described: Fields = [:]

    init(_ service: Service) {
        self.service = service
    }

    /// The shapes that were added, and all within them.
    var value: Value { .structure(described) }

    /// Adds a shape and all within it, and gives its name.
    mutating func add(_ id: ShapeID) -> String {
        var open = [id]
        while let next = open.popLast() {
            let shape = service[next]
            guard described[shape.name] == nil else { continue }
            described[shape.name] = .structure(fields(of: shape))
            open += inner(shape).reversed()
        }
        return service[id].name
    }

    private func inner(_ shape: Shape) -> [ShapeID] {
        switch shape.kind {
        case .structure(let members): members.map(\.shape)
        case .list(let element): [element.shape]
        case .map(let key, let value): [key.shape, value.shape]
        case .string, .boolean, .integer, .long, .float, .double, .blob, .timestamp: []
        }
    }

    private func fields(of shape: Shape) -> Fields {
        var fields = kind(of: shape)
        let limits = shape.limits
        if let minimum = limits.minimum { fields["min"] = number(minimum) }
        if let maximum = limits.maximum { fields["max"] = number(maximum) }
        if let pattern = limits.pattern { fields["pattern"] = .string(pattern) }
        if !limits.values.isEmpty { fields["enum"] = .list(limits.values.map { .string($0) }) }
        if shape.traits.flags.contains(.sensitive) { fields["sensitive"] = true }
        if shape.traits.flags.contains(.union) { fields["union"] = true }
        return fields
    }

    private func number(_ number: Double) -> Value { Int64(exactly: number).map { .integer($0) } ?? .double(number) }

    private func kind(of shape: Shape) -> Fields {
        switch shape.kind {
        case .string: ["type": "string"]
        case .boolean: ["type": "boolean"]
        case .integer: ["type": "integer"]
        case .long: ["type": "long"]
        case .float: ["type": "float"]
        case .double: ["type": "double"]
        case .blob: ["type": "blob"]
        case .timestamp: ["type": "timestamp"]
        case .list(let element): ["type": "list", "element": .string(service[element.shape].name)]
        case .map(let key, let value):
            ["type": "map", "key": .string(service[key.shape].name), "value": .string(service[value.shape].name)]
        case .structure(let members):
            ["type": "structure", "members": .structure(Fields(members.map { ($0.name, described($0)) }))]
        }
    }

    private func described(_ member: Member) -> Value {
        var fields: Fields = ["shape": .string(service[member.shape].name)]
        if member.isRequired { fields["required"] = true }
        let places: [Member.Location: String] = [
            .header: "header", .headers: "headers", .uri: "uri", .querystring: "querystring", .statusCode: "statusCode",
        ]
        if let place = places[member.location] { fields["location"] = .string(place) }
        if member.wireName != member.name { fields["wireName"] = .string(member.wireName) }
        return .structure(fields)
    }
}
