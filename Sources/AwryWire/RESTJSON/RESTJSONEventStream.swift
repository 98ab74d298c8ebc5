// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension RESTJSONProtocol {
    /// A payload that is a stream of events. Its value is a list of structures with one member each, the event's name,
    /// or one such structure. There is no `initial-response`: the other members are headers.
    static func eventStream(_ value: Value?, _ stream: Shape, _ service: Service) throws(ShapeMismatch) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in try JSONProtocol.events(value) {
            guard let member = stream.member(name) else { throw Scalars.unknown(name, in: stream) }
            guard let fields = value.fields else { throw Scalars.mismatch("an event", value).below(name) }
            let event = service[member.shape]
            do {
                let (type, payload) = try payload(of: fields, event, service)
                let message: EventMessage =
                    event.error == nil
                    ? .event(name, contentType: type, payload) : .exception(name, contentType: type, payload)
                message.write(into: &body)
            } catch {
                throw error.below(name)
            }
        }
        return body
    }

    /// The member that an event marks as its payload, bytes as they are; else all members as JSON.
    private static func payload(
        of fields: Fields, _ event: Shape, _ service: Service
    ) throws(ShapeMismatch) -> (type: String, bytes: [UInt8]) {
        if let member = event.members.first(where: { $0.flags.contains(.eventPayload) }) {
            return try payload(fields[member.name], service[member.shape], service)
        }
        var bytes: [UInt8] = []
        try JSONValueWriter(service: service).structure(fields, event, into: &bytes)
        return (contentType, bytes)
    }
}
