// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Reads members of a structure by name. In debug builds a name that the model does not have ends the program, so any
/// test that touches a misspelt read finds it; a release build pays nothing for that.
struct InputReader {
    private let fields: Fields
    private let shape: ShapeID?
    private let service: Service

    init(_ fields: Fields, _ shape: ShapeID?, _ service: Service) {
        self.fields = fields
        self.shape = shape
        self.service = service
    }

    /// The value of a member; nil where it was not sent, or sent as null.
    subscript(name: String) -> Value? {
        assert(
            shape.map { service[$0].member(name) != nil } ?? false,
            "\(service.name): no input has a member \(name) here")
        guard let value = fields[name], value != .null else { return nil }
        return value
    }

    /// The texts that the model allows for a member; none where it allows any.
    func allowed(_ name: String) -> [String] {
        shape.flatMap { service[$0].member(name) }.map { service[$0.shape].limits.values } ?? []
    }

    /// A text; empty where it was not sent.
    func text(_ name: String) -> String { self[name]?.string ?? "" }

    /// A text, nil where it was not sent.
    func optionalText(_ name: String) -> String? { self[name]?.string }

    /// A number, nil where it was not sent.
    func integer(_ name: String) -> Int64? { self[name]?.integer }

    /// The texts of a list; none where it was not sent.
    func texts(_ name: String) -> [String] { fields.texts(name) }

    /// A structure or a map; empty where it was not sent.
    func fields(_ name: String) -> Fields { self[name]?.fields ?? [:] }

    /// A structure with its own reader; nil where it was not sent.
    func structure(_ name: String) -> InputReader? {
        guard let fields = self[name]?.fields, let shape, let member = service[shape].member(name) else { return nil }
        return InputReader(fields, member.shape, service)
    }

    /// All members, as they were sent.
    var all: Fields { fields }

    /// The structures of a list, each with its own reader.
    func structures(_ name: String) -> [InputReader] {
        guard let list = self[name]?.list, let shape, let member = service[shape].member(name),
            let element = service.element(of: member.shape)
        else { return [] }
        return list.compactMap(\.fields).map { InputReader($0, element, service) }
    }
}
