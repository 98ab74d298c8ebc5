// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension CBORProtocol {
    /// An output as a CBOR map. Without an output the body is empty, and RPC v2 then names no content type.
    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        var answer = Rendered(
            status: call.operation.traits.responseCode, headers: headers(call.dialect, call.service, context))
        var type = contentType(call.dialect)
        guard let shape = call.operation.output.map({ call.service[$0] }) else {
            if call.dialect != .cbor { answer.headers.append(Header("Content-Type", type)) }
            return answer
        }
        do {
            if let stream = call.service.eventStream(of: shape) {
                type = EventMessage.mediaType
                answer.body = try JSONProtocol.encodeStream(output, stream, of: call, shape, by: events(call))
            } else {
                let writer = CBORValueWriter(service: call.service, epoch: epoch(call.dialect))
                try writer.structure(output, shape, into: &answer.body)
            }
        } catch {
            throw error.wireError
        }
        answer.headers.append(Header("Content-Type", type))
        return answer
    }
}

/// Writes values as CBOR by the model, in the order in which they are given.
struct CBORValueWriter {
    let service: Service
    private let cbor: CBORWriter

    init(service: Service, epoch: CBOR.Epoch) {
        self.service = service
        cbor = CBORWriter(epoch: epoch)
    }

    func structure(_ fields: Fields, _ shape: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        cbor.mapHead(fields.count { $0.value != .null }, into: &out)
        for (name, value) in fields {
            guard let member = shape.member(name) else { throw Scalars.unknown(name, in: shape) }
            if case .null = value { continue }
            cbor.text(member.wireName, into: &out)
            do {
                try self.value(value, service[member.shape], into: &out)
            } catch {
                throw error.below(name)
            }
        }
    }

    func value(_ value: Value, _ shape: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        if shape.traits.flags.contains(.document) { return cbor.write(value, into: &out) }
        switch shape.kind {
        case .structure:
            guard let fields = value.fields else { throw Scalars.mismatch("a mapping", value) }
            try structure(fields, shape, into: &out)
        case .map(_, let element):
            guard let fields = value.fields else { throw Scalars.mismatch("a mapping", value) }
            try map(fields, service[element.shape], into: &out)
        case .list(let element):
            guard let elements = value.list else { throw Scalars.mismatch("a list", value) }
            try list(elements, service[element.shape], into: &out)
        case .string: cbor.text(try Scalars.text(value), into: &out)
        case .integer, .long: cbor.integer(try Scalars.integer(value), into: &out)
        case .float: cbor.float(try Scalars.double(value), into: &out)
        case .double: cbor.double(try Scalars.double(value), into: &out)
        case .boolean: cbor.flag(try Scalars.flag(value), into: &out)
        case .blob: cbor.bytes(try Scalars.bytes(value), into: &out)
        case .timestamp: cbor.moment(try Scalars.moment(value), into: &out)
        }
    }

    private func map(_ fields: Fields, _ element: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        cbor.mapHead(fields.count, into: &out)
        for (name, value) in fields {
            cbor.text(name, into: &out)
            do {
                try sparse(value, element, into: &out)
            } catch {
                throw error.below(name)
            }
        }
    }

    private func list(_ elements: [Value], _ element: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        cbor.arrayHead(elements.count, into: &out)
        for (index, value) in elements.enumerated() {
            do {
                try sparse(value, element, into: &out)
            } catch {
                throw error.below(String(index))
            }
        }
    }

    /// Elements may be null, where members with null are left out.
    private func sparse(_ value: Value, _ shape: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        if case .null = value {
            cbor.null(into: &out)
        } else {
            try self.value(value, shape, into: &out)
        }
    }
}
