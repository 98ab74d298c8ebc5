// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension JSONProtocol {
    /// An output that is a stream: `initial-response` with the other members, without which botocore refuses the
    /// answer, then the events. CBOR's differs in the documents alone.
    static func encodeStream(
        _ output: Fields, _ member: Member, of call: IdentifiedCall, _ shape: Shape, by format: some EventFormat
    ) throws(ShapeMismatch) -> [UInt8] {
        var first = output
        first[member.name] = nil
        let opening = EventPayload(contentType: format.contentType, bytes: try format.document(first, shape))
        var body: [UInt8] = []
        EventMessage.event("initial-response", opening).write(into: &body)
        do {
            return body + (try format.stream(output[member.name], call.service[member.shape]))
        } catch {
            throw error.below(member.name)
        }
    }

    static func events(_ call: IdentifiedCall) -> JSONEvents {
        JSONEvents(service: call.service, contentType: contentType(call.dialect), hasInitialResponse: true)
    }

    static func eventFormat(_ call: IdentifiedCall) -> (any EventFormat)? { events(call) }
}

/// Events whose structures are JSON.
struct JSONEvents: EventFormat {
    let service: Service
    let contentType: String
    let hasInitialResponse: Bool

    func document(_ fields: Fields, _ shape: Shape) throws(ShapeMismatch) -> [UInt8] {
        var bytes: [UInt8] = []
        try JSONValueWriter(service: service).structure(fields, shape, into: &bytes)
        return bytes
    }

    func document(_ error: WireError) -> [UInt8] {
        var bytes = [UInt8(ascii: "{")]
        JSONProtocol.members(of: error, service, into: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
