// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension JSONProtocol {
    /// The member of an output that is a stream of events, if it has one.
    static func eventStream(of output: Shape, in service: Service) -> Member? {
        output.members.first { service[$0.shape].traits.flags.contains(.eventStream) }
    }

    /// An output that is a stream: `initial-response` with the other members, without which botocore refuses the
    /// answer, then the events. The stream's value is a list of structures with one member each, the event's name, or
    /// one such structure. CBOR's streams differ in their payloads' notation alone.
    static func encodeStream(
        _ output: Fields, _ member: Member, of call: IdentifiedCall, _ shape: Shape, by writer: some StructureWriter,
        contentType type: String
    ) throws(ShapeMismatch) -> [UInt8] {
        var body: [UInt8] = []
        var first = output
        first[member.name] = nil
        var payload: [UInt8] = []
        try writer.structure(first, shape, into: &payload)
        EventMessage.event("initial-response", contentType: type, payload).write(into: &body)
        let stream = call.service[member.shape]
        for (name, value) in try events(output[member.name]) {
            guard let event = stream.member(name) else { throw Scalars.unknown(name, in: stream) }
            guard case .structure(let fields) = value else { throw Scalars.mismatch("an event", value) }
            let target = call.service[event.shape]
            payload.removeAll(keepingCapacity: true)
            do {
                try writer.structure(fields, target, into: &payload)
            } catch {
                throw error.below(name).below(member.name)
            }
            let message: EventMessage =
                target.error == nil
                ? .event(name, contentType: type, payload) : .exception(name, contentType: type, payload)
            message.write(into: &body)
        }
        return body
    }

    /// The events in such a value, in order.
    static func events(_ value: Value?) throws(ShapeMismatch) -> [(name: String, value: Value)] {
        switch value {
        case nil, .null: return []
        case .structure(let events): return Array(events)
        case .list(let values):
            var events: [(name: String, value: Value)] = []
            for value in values {
                guard case .structure(let event) = value else { throw Scalars.mismatch("an event", value) }
                events += Array(event)
            }
            return events
        case .some(let value): throw Scalars.mismatch("a list of events", value)
        }
    }
}
