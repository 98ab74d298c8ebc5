// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

@testable import AwryWire

/// A small service with one member of each kind, for tests that no real service has a case for.
enum Made {
    /// Shapes by index: see `kinds`.
    private static let kinds: [(name: String, kind: Shape.Kind, traits: ShapeTraits)] = [
        ("String", .string, ShapeTraits()),
        ("Integer", .integer, ShapeTraits()),
        ("Long", .long, ShapeTraits()),
        ("Float", .float, ShapeTraits()),
        ("Double", .double, ShapeTraits()),
        ("Boolean", .boolean, ShapeTraits()),
        ("Blob", .blob, ShapeTraits()),
        ("Timestamp", .timestamp, ShapeTraits()),
        ("DateText", .timestamp, ShapeTraits(timestampFormat: .iso8601)),
        ("Document", .structure([]), ShapeTraits(flags: .document)),
        ("List", .list(element: Member(name: "member", shape: ShapeID(0))), ShapeTraits()),
        (
            "Map",
            .map(key: Member(name: "key", shape: ShapeID(0)), value: Member(name: "value", shape: ShapeID(1))),
            ShapeTraits()
        ),
        (
            "FlatList", .list(element: Member(name: "member", shape: ShapeID(0), locationName: "Item")),
            ShapeTraits(flags: .flattened)
        ),
        (
            "FlatMap",
            .map(
                key: Member(name: "key", shape: ShapeID(0), locationName: "K"),
                value: Member(name: "value", shape: ShapeID(0), locationName: "V")),
            ShapeTraits(flags: .flattened)
        ),
        ("NamedList", .list(element: Member(name: "member", shape: ShapeID(0), locationName: "Entry")), ShapeTraits()),
    ]

    /// A service that speaks this protocol, with one operation, `Do`, whose input and output are the same structure: a
    /// member named after each kind, and `Structure`, which is the structure itself.
    static func service(_ name: ProtocolName) -> Service {
        var members = kinds.enumerated().map { Member(name: $0.element.name, shape: ShapeID($0.offset)) }
        members.append(Member(name: "Structure", shape: ShapeID(kinds.count)))
        members.append(Member(name: "Renamed", shape: ShapeID(0), locationName: "OnTheWire"))
        var shapes = kinds.map { Shape(name: $0.name, kind: $0.kind, traits: $0.traits) }
        shapes.append(Shape(name: "Everything", kind: .structure(members)))
        let everything = ShapeID(kinds.count)
        let operation = Operation(
            name: "Do", traits: OperationTraits(resultWrapper: name == .query ? "DoResult" : nil), input: everything,
            output: everything, errors: [])
        let metadata = ServiceMetadata(
            serviceID: "Made", apiVersion: "2026-01-01", protocols: [name], signingName: "made",
            endpointPrefix: "made", jsonVersion: "1.1", xmlNamespace: "http://made/")
        return Service(name: "made", metadata: metadata, operations: [operation], shapes: shapes)
    }

    /// The call of `Do`.
    static func call(_ name: ProtocolName) -> IdentifiedCall {
        call(Dialect(name, of: service(name)))
    }

    private static func call(_ dialect: Dialect) -> IdentifiedCall {
        let service = service(dialect.protocolName)
        return IdentifiedCall(service: service, operation: service.operations[0], dialect: dialect)
    }

    /// What a body means to `Do`, as JSON; or the error's code and message.
    static func read(_ body: String, _ name: ProtocolName) throws -> String {
        try read(Array(body.utf8), in: call(name).dialect)
    }

    /// The same of bytes, in a dialect.
    static func read(_ body: [UInt8], in dialect: Dialect) throws -> String {
        let head = try RequestHead(lines: ["POST / HTTP/1.1"])
        do {
            return JSON.text(.structure(try Wire.decodeInput(call(dialect), head: head, body: body[...])))
        } catch {
            return "\(error.code): \(error.message ?? "-")"
        }
    }

    /// The body of `Do`'s answer with this output; or the error's message.
    static func write(_ output: Fields, _ name: ProtocolName) -> String {
        String(decoding: write(output, in: call(name).dialect), as: UTF8.self)
    }

    /// The same in a dialect, as bytes.
    static func write(_ output: Fields, in dialect: Dialect) -> [UInt8] {
        let context = AnswerContext(requestID: "R", hostID: "H")
        do {
            return try Wire.encodeOutput(output, of: call(dialect), context).body
        } catch {
            return Array((error.message ?? error.code).utf8)
        }
    }
}
