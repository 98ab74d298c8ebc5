// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

extension JSONProtocol {
    /// The input in a JSON body.
    ///
    /// Null members count as absent and unknown ones are passed over, as AWS does. A body that is no JSON is a
    /// `SerializationException` without a message; a wrong type is one with the framework's words, measured in
    /// September 2026 against Athena and, for blobs, booleans and moments, taken from kinesalite's recordings of
    /// Kinesis.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        guard let input = call.operation.input else { return [:] }
        do {
            return try decode(body, as: call.service[input], of: call.service)
        } catch {
            throw refusal(error, by: call.service)
        }
    }

    /// The structure in a JSON text, typed by its shape.
    static func decode(
        _ body: ArraySlice<UInt8>, as shape: Shape, of service: Service
    ) throws(JSONMisfit) -> Fields {
        let value: Value
        do {
            value = try JSON.parse(body)
        } catch {
            throw JSONMisfit(message: nil)
        }
        return try JSONValueReader(service: service).document(value, shape)
    }

    static func refusal(_ misfit: JSONMisfit, by service: Service) -> WireError {
        // Query-compatible services keep the query protocol's code for it.
        let code = service.metadata.isQueryCompatible ? "MalformedInput" : "SerializationException"
        return WireError(code, shape: "SerializationException", status: 400, message: misfit.message)
    }
}

/// A JSON value that does not fit its shape, in AWS's words; nil where AWS says nothing.
struct JSONMisfit: Error {
    let message: String?

    static let listNotExpected = JSONMisfit(message: "Start of list found where not expected")
    static let mapNotExpected = JSONMisfit(message: "Start of structure or map found where not expected.")
}

/// Types plain values of JSON or CBOR by the model. Recursion follows the value, whose depth the parser bounds.
struct JSONValueReader {
    /// What the values were read from, and so how scalars look.
    enum Notation {
        case json
        case cbor(CBOR.Epoch)
    }

    let service: Service
    var notation = Notation.json

    /// The structure that a whole body holds.
    func document(_ value: Value, _ shape: Shape) throws(JSONMisfit) -> Fields {
        switch value {
        case .structure(let fields): return try structure(fields, shape)
        case .list: throw .listNotExpected
        default: throw JSONMisfit(message: nil)
        }
    }

    func structure(_ fields: Fields, _ shape: Shape) throws(JSONMisfit) -> Fields {
        var typed = Fields(minimumCapacity: fields.count)
        for (name, value) in fields {
            guard let member = member(name, of: shape) else { continue }
            guard let value = try self.value(value, service[member.shape]) else { continue }
            typed[member.name] = value
        }
        return typed
    }

    /// The member that is called so on the wire. Names differ from the model's in rest-json alone.
    private func member(_ name: String, of shape: Shape) -> Member? {
        if let member = shape.member(name), member.wireName == name { return member }
        return shape.members.first { $0.wireName == name }
    }

    /// The typed value; nil for null.
    func value(_ value: Value, _ shape: Shape) throws(JSONMisfit) -> Value? {
        if case .null = value { return nil }
        if shape.traits.flags.contains(.document) { return value }
        switch shape.kind {
        case .structure:
            return .structure(try structure(try object(value, otherwise: "Expected null"), shape))
        case .map(_, let element):
            return .structure(try map(try object(value, otherwise: "Expected map or null"), service[element.shape]))
        case .list(let element):
            return .list(try list(value, service[element.shape]))
        default:
            if case .list = value { throw .listNotExpected }
            if case .structure = value { throw .mapNotExpected }
            switch notation {
            case .json: return try JSONScalars.value(value, shape)
            case .cbor(let epoch): return try CBORScalars.value(value, shape, epoch)
            }
        }
    }

    private func object(_ value: Value, otherwise message: String) throws(JSONMisfit) -> Fields {
        switch value {
        case .structure(let fields): return fields
        case .list: throw .listNotExpected
        default: throw JSONMisfit(message: message)
        }
    }

    private func map(_ fields: Fields, _ element: Shape) throws(JSONMisfit) -> Fields {
        var typed = Fields()
        for (name, value) in fields {
            if let value = try self.value(value, element) { typed[name] = value }
        }
        return typed
    }

    private func list(_ value: Value, _ element: Shape) throws(JSONMisfit) -> [Value] {
        switch value {
        case .list(let elements):
            var typed: [Value] = []
            typed.reserveCapacity(elements.count)
            for value in elements {
                if let value = try self.value(value, element) { typed.append(value) }
            }
            return typed
        case .structure: throw .mapNotExpected
        default: throw JSONMisfit(message: "Expected list or null")
        }
    }
}
