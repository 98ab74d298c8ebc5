// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension RESTJSONProtocol {
    /// A payload that is a stream of events. There is no `initial-response`: the other members are headers.
    static func eventStream(_ value: Value?, _ stream: Shape, _ service: Service) throws(ShapeMismatch) -> [UInt8] {
        try events(service).stream(value, stream)
    }

    static func eventFormat(_ call: IdentifiedCall) -> (any EventFormat)? { events(call.service) }

    /// The events of a request, in order: a list of structures with one member each.
    static func readEvents(
        _ body: ArraySlice<UInt8>, _ stream: Shape, _ service: Service
    ) throws(JSONMisfit) -> Value {
        let found: [(member: Member, message: EventMessage)]
        do {
            found = try EventInput.events(body, of: stream)
        } catch {
            throw JSONMisfit(message: error.message)
        }
        var events: [Value] = []
        for (member, message) in found {
            let fields = try read(message, service[member.shape], service)
            events.append(.structure([member.name: .structure(fields)]))
        }
        return .list(events)
    }

    private static func read(
        _ message: EventMessage, _ event: Shape, _ service: Service
    ) throws(JSONMisfit) -> Fields {
        var fields = EventInput.headerMembers(message, event)
        if let member = event.members.first(where: { $0.flags.contains(.eventPayload) }) {
            fields[member.name] = try payload(message.payload, service[member.shape], service)
        } else if !message.payload.isEmpty {
            for (name, value) in try JSONProtocol.decode(message.payload, as: event, of: service) {
                fields.setDefault(name, value)
            }
        }
        return fields
    }

    private static func events(_ service: Service) -> JSONEvents {
        JSONEvents(service: service, contentType: contentType, hasInitialResponse: false)
    }
}
