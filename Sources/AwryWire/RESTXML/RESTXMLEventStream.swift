// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension RESTXMLProtocol {
    /// A payload that is a stream of events (SelectObjectContent). Its value is a list of structures with one member
    /// each, the event's name, or one such structure; without any it is `End`, by which a client knows that it has all.
    static func eventStream(_ value: Value?, _ stream: Shape, _ service: Service) throws(ShapeMismatch) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in try events(value, stream) {
            guard let member = stream.member(name) else { throw Scalars.unknown(name, in: stream) }
            guard let fields = value.fields else { throw Scalars.mismatch("an event", value).below(name) }
            do {
                let (type, payload) = try payload(of: fields, service[member.shape], service)
                EventMessage.event(name, contentType: type, payload).write(into: &body)
            } catch {
                throw error.below(name)
            }
        }
        return body
    }

    /// The member that an event marks as its payload: bytes as they are, a structure as XML.
    private static func payload(
        of fields: Fields, _ event: Shape, _ service: Service
    ) throws(ShapeMismatch) -> (type: String, bytes: [UInt8]) {
        guard let member = event.members.first(where: { $0.flags.contains(.eventPayload) }),
            let value = fields[member.name], value != .null
        else { return ("application/octet-stream", []) }
        let content = service[member.shape]
        if case .blob = content.kind { return ("application/octet-stream", Array(try Scalars.bytes(value))) }
        return ("text/xml", try document(value, root: member.name, content, service))
    }

    private static func events(
        _ value: Value?, _ stream: Shape
    ) throws(ShapeMismatch) -> [(name: String, value: Value)] {
        var found: [(name: String, value: Value)] = []
        switch value {
        case nil, .null: break
        case .structure(let events): found = Array(events)
        case .list(let values):
            for value in values {
                guard let event = value.fields else { throw Scalars.mismatch("an event", value) }
                found += Array(event)
            }
        case .some(let value): throw Scalars.mismatch("a list of events", value)
        }
        if found.isEmpty, stream.member("End") != nil { return [("End", .structure([:]))] }
        return found
    }
}
