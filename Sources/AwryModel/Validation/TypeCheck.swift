// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Finds values that are not of the types that the model says: in what scenario files script, and in what fakes answer.
public enum TypeCheck {
    /// A value of the wrong type, or a name that the model does not know.
    public struct Mismatch: Error, Sendable, Hashable {
        /// Where: `Records[0].Data`; empty for the value as a whole.
        public let path: String
        /// What the model says: `a string`, or the names that it knows.
        public let expected: String
        /// What stands there: `an integer`, or the unknown name.
        public let found: String
        /// The names that would have been right, where a name is unknown; for suggestions.
        public let known: [String]
    }

    /// The first mismatch, in the value's order; nil where all is as the model says. Nulls fit everywhere.
    public static func mismatch(_ fields: Fields, _ shape: ShapeID, in service: Service) -> Mismatch? {
        mismatch(.structure(fields), shape, in: service, path: "", depth: 0)
    }

    /// The first mismatch in a value of any shape.
    public static func mismatch(_ value: Value, _ shape: ShapeID, in service: Service) -> Mismatch? {
        mismatch(value, shape, in: service, path: "", depth: 0)
    }

    private static func mismatch(
        _ value: Value, _ id: ShapeID, in service: Service, path: String, depth: Int
    ) -> Mismatch? {
        let shape = service[id]
        if case .null = value { return nil }
        guard depth < 128 else { return Mismatch(path: path, expected: "fewer levels", found: "too many", known: []) }
        if shape.traits.flags.contains(.document) { return nil }
        switch (shape.kind, value) {
        case (.string, .string), (.boolean, .bool), (.integer, .integer), (.long, .integer), (.float, .integer),
            (.double, .integer), (.float, .double), (.double, .double), (.blob, .blob), (.timestamp, .timestamp):
            return nil
        case (.structure, .structure(let fields)): return inStructure(fields, shape, service, path, depth)
        case (_, .list(let elements)):
            guard let element = service.element(of: id) else { break }
            for (index, item) in elements.enumerated() {
                let found = mismatch(item, element, in: service, path: "\(path)[\(index)]", depth: depth + 1)
                if let found { return found }
            }
            return nil
        case (.map(_, let member), .structure(let entries)):
            for (name, item) in entries {
                let found = mismatch(item, member.shape, in: service, path: join(path, name), depth: depth + 1)
                if let found { return found }
            }
            return nil
        default: break
        }
        return Mismatch(path: path, expected: expected(shape), found: value.kindName, known: [])
    }

    private static func inStructure(
        _ fields: Fields, _ shape: Shape, _ service: Service, _ path: String, _ depth: Int
    ) -> Mismatch? {
        for (name, value) in fields {
            guard let member = shape.member(name) else {
                let known = shape.members.map(\.name)
                return Mismatch(
                    path: join(path, name), expected: "a member of \(shape.name)", found: name, known: known)
            }
            let found = mismatch(value, member.shape, in: service, path: join(path, name), depth: depth + 1)
            if let found { return found }
        }
        return nil
    }

    private static func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    private static func expected(_ shape: Shape) -> String {
        switch shape.kind {
        case .string: "a string"
        case .boolean: "a boolean"
        case .integer, .long: "an integer"
        case .float, .double: "a number"
        case .blob: "a blob"
        case .timestamp: "a timestamp"
        case .structure, .map: "a mapping"
        case .list: "a list"
        }
    }
}
