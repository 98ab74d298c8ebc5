// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension JSONProtocol {
    /// An output as a JSON body; an operation without an output gets an empty one, as Kinesis sends it.
    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        var body: [UInt8] = []
        var type = contentType(call.dialect)
        if let shape = call.operation.output.map({ call.service[$0] }) {
            do {
                if let stream = call.service.eventStream(of: shape) {
                    type = EventMessage.mediaType
                    body = try encodeStream(output, stream, of: call, shape, by: events(call))
                } else {
                    try JSONValueWriter(service: call.service).structure(output, shape, into: &body)
                }
            } catch {
                throw error.wireError
            }
        }
        var headers = identification(context, call.service)
        headers.append(Header("Content-Type", type))
        return Rendered(status: call.operation.traits.responseCode, headers: headers, body: body)
    }

    /// The ids that every answer carries; Kinesis adds S3's second id.
    static func identification(_ context: AnswerContext, _ service: Service?) -> [Header] {
        var headers: [Header] = []
        // Room for what else an answer has, and for the marks that the server adds.
        headers.reserveCapacity(8)
        headers.append(Header("x-amzn-RequestId", context.requestID))
        if service?.name == "kinesis" { headers.append(Header("x-amz-id-2", context.hostID)) }
        return headers
    }
}

/// Writes values as JSON by the model, in the order in which they are given, without white space.
struct JSONValueWriter {
    let service: Service

    func structure(_ fields: Fields, _ shape: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        out.append(UInt8(ascii: "{"))
        var isFirst = true
        for (name, value) in fields {
            guard let member = shape.member(name) else { throw Scalars.unknown(name, in: shape) }
            if case .null = value { continue }
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            JSON.write(.string(member.wireName), into: &out)
            out.append(UInt8(ascii: ":"))
            do {
                try self.value(value, service[member.shape], into: &out)
            } catch {
                throw error.below(name)
            }
        }
        out.append(UInt8(ascii: "}"))
    }

    func value(_ value: Value, _ shape: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        if shape.traits.flags.contains(.document) {
            JSON.write(value, into: &out)
            return
        }
        switch shape.kind {
        case .structure:
            guard case .structure(let fields) = value else { throw Scalars.mismatch("a structure", value) }
            try structure(fields, shape, into: &out)
        case .map(_, let element):
            guard case .structure(let fields) = value else { throw Scalars.mismatch("a map", value) }
            try map(fields, service[element.shape], into: &out)
        case .list(let element):
            guard case .list(let elements) = value else { throw Scalars.mismatch("a list", value) }
            try list(elements, service[element.shape], into: &out)
        case .string: JSON.write(.string(try Scalars.text(value)), into: &out)
        case .boolean: JSON.write(.bool(try Scalars.flag(value)), into: &out)
        case .integer, .long: JSON.write(.integer(try Scalars.integer(value)), into: &out)
        case .float, .double: JSON.write(.double(try Scalars.double(value)), into: &out)
        case .blob: JSON.write(.blob(Blob(try Scalars.bytes(value))), into: &out)
        case .timestamp: write(try Scalars.moment(value), shape.traits.timestampFormat, into: &out)
        }
    }

    private func map(_ fields: Fields, _ element: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        out.append(UInt8(ascii: "{"))
        var isFirst = true
        for (name, value) in fields {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            JSON.write(.string(name), into: &out)
            out.append(UInt8(ascii: ":"))
            do {
                try sparse(value, element, into: &out)
            } catch {
                throw error.below(name)
            }
        }
        out.append(UInt8(ascii: "}"))
    }

    private func list(_ elements: [Value], _ element: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        out.append(UInt8(ascii: "["))
        for (index, value) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            do {
                try sparse(value, element, into: &out)
            } catch {
                throw error.below(String(index))
            }
        }
        out.append(UInt8(ascii: "]"))
    }

    /// Elements may be null, where members with null are left out.
    private func sparse(_ value: Value, _ shape: Shape, into out: inout [UInt8]) throws(ShapeMismatch) {
        if case .null = value {
            JSON.write(.null, into: &out)
        } else {
            try self.value(value, shape, into: &out)
        }
    }

    private func write(_ moment: Timestamp, _ format: TimestampFormat?, into out: inout [UInt8]) {
        switch format {
        case .unix, nil: out.append(contentsOf: TimeFormats.epoch(moment).utf8)
        case .iso8601: JSON.write(.string(TimeFormats.iso8601(moment)), into: &out)
        case .rfc822: JSON.write(.string(TimeFormats.rfc822(moment)), into: &out)
        }
    }
}
