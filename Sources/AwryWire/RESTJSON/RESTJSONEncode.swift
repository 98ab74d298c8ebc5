// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension RESTJSONProtocol {
    /// An output as status, headers and a JSON object, raw bytes, events or nothing.
    static func encodeOutput(
        _ output: Fields, of call: IdentifiedCall, _ context: AnswerContext
    ) throws(WireError) -> Rendered {
        do {
            return try render(output, call, context)
        } catch {
            throw error.wireError
        }
    }

    private static func render(
        _ output: Fields, _ call: IdentifiedCall, _ context: AnswerContext
    ) throws(ShapeMismatch) -> Rendered {
        let service = call.service
        var answer = Rendered(status: call.operation.traits.responseCode, headers: identification(context))
        guard let id = call.operation.output else { return answer }
        let shape = service[id]
        var inBody = Fields()
        var writer = RestWriter(service, isHead: context.isHead)
        for (name, value) in output {
            guard let member = shape.member(name) else { throw Scalars.unknown(name, in: shape) }
            if case .null = value { continue }
            do {
                if try !writer.write(value, member) { inBody[name] = value }
            } catch {
                throw error.below(name)
            }
        }
        answer.status = writer.status ?? answer.status
        answer.headers += writer.headers
        // Four operations model a body's members beside a status that has no body: with such a member it is 200.
        if answer.status == 204, writer.status == nil, !inBody.isEmpty { answer.status = 200 }
        // Neither may carry a body (RFC 9110, 15.3.5 and 15.4.5).
        guard answer.status != 204, answer.status != 304 else { return answer }
        let (type, body) = try body(inBody, shape, service)
        answer.body = body
        if !answer.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            answer.headers.append(Header("Content-Type", type))
        }
        return answer
    }

    private static func body(
        _ output: Fields, _ shape: Shape, _ service: Service
    ) throws(ShapeMismatch) -> (type: String, bytes: [UInt8]) {
        if let name = shape.traits.payload, let member = shape.member(name) {
            do {
                return try payload(output[name], service[member.shape], service)
            } catch {
                throw error.below(name)
            }
        }
        var bytes: [UInt8] = []
        try JSONValueWriter(service: service).structure(output, shape, into: &bytes)
        return (contentType, bytes)
    }

    /// The one member that is the whole body; without a value, an empty one.
    static func payload(
        _ value: Value?, _ content: Shape, _ service: Service
    ) throws(ShapeMismatch) -> (type: String, bytes: [UInt8]) {
        if content.traits.flags.contains(.eventStream) {
            return (EventMessage.mediaType, try eventStream(value, content, service))
        }
        switch content.kind {
        case .blob:
            guard let value else { return ("application/octet-stream", []) }
            return ("application/octet-stream", Array(try Scalars.bytes(value)))
        case .string:
            guard let value else { return ("text/plain", []) }
            return ("text/plain", Array(try Scalars.text(value).utf8))
        default:
            guard let value else { return (contentType, Array("{}".utf8)) }
            var bytes: [UInt8] = []
            try JSONValueWriter(service: service).value(value, content, into: &bytes)
            return (contentType, bytes)
        }
    }
}
