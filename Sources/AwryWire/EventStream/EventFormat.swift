// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// How one protocol writes the structures that stand in events. Each protocol that streams has one, in its
/// `…EventStream.swift`; what is the same for all of them is below.
protocol EventFormat {
    var service: Service { get }
    /// The type of its documents: `application/json`.
    var contentType: String { get }
    /// Whether a stream begins with `initial-response`, which holds the output's other members: so do the protocols
    /// that have no headers to put them in.
    var hasInitialResponse: Bool { get }

    /// A structure as a document.
    func document(_ fields: Fields, _ shape: Shape) throws(ShapeMismatch) -> [UInt8]

    /// A modelled error as a document: the message and the other members.
    func document(_ error: WireError) -> [UInt8]
}

extension EventFormat {
    /// What stands among events for an error that no event models: its code and message end the stream.
    private static var error: String { "$error" }

    /// The stream of these events. Their value is a list of structures with one member each, the event's name, or one
    /// structure of events.
    func stream(_ value: Value?, _ shape: Shape) throws(ShapeMismatch) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in try Self.events(in: value) {
            if name == Self.error {
                let told = value.fields ?? [:]
                let message = EventMessage.error(
                    code: told["Code"]?.string ?? "InternalError", message: told["Message"]?.string ?? "")
                message.write(into: &body)
                continue
            }
            guard let member = shape.member(name) else { throw Scalars.unknown(name, in: shape) }
            guard let fields = value.fields else { throw Scalars.mismatch("an event", value).below(name) }
            do {
                try message(name, fields, service[member.shape]).write(into: &body)
            } catch {
                throw error.below(name)
            }
        }
        return body
    }

    /// The events in such a value, in order.
    static func events(in value: Value?) throws(ShapeMismatch) -> [(name: String, value: Value)] {
        switch value {
        case nil, .null: return []
        case .structure(let events): return Array(events)
        case .list(let values):
            var events: [(name: String, value: Value)] = []
            for value in values {
                guard let event = value.fields else { throw Scalars.mismatch("an event", value) }
                events += Array(event)
            }
            return events
        case .some(let value): throw Scalars.mismatch("a list of events", value)
        }
    }

    /// One event, or a modelled error among them.
    private func message(_ name: String, _ fields: Fields, _ shape: Shape) throws(ShapeMismatch) -> EventMessage {
        var headers: [EventHeader] = []
        var inDocument = Fields()
        var payload = shape.members.isEmpty ? EventPayload.none : nil
        if let member = shape.members.first(where: { $0.flags.contains(.eventPayload) }) {
            do {
                payload = try self.payload(fields[member.name], service[member.shape])
            } catch {
                throw error.below(member.name)
            }
        }
        for (part, value) in fields {
            guard let member = shape.member(part) else { throw Scalars.unknown(part, in: shape) }
            if value == .null || member.flags.contains(.eventPayload) { continue }
            guard member.flags.contains(.eventHeader) else {
                inDocument[part] = value
                continue
            }
            do {
                headers.append(EventHeader(part, try EventHeader.Content(value, service[member.shape])))
            } catch {
                throw error.below(part)
            }
        }
        if payload == nil, shape.members.allSatisfy({ $0.flags.contains(.eventHeader) }) { payload = EventPayload.none }
        if payload == nil { payload = EventPayload(contentType: contentType, bytes: try document(inDocument, shape)) }
        return shape.error == nil
            ? .event(name, payload ?? .none, more: headers) : .exception(name, payload ?? .none, more: headers)
    }

    /// The member that is an event's whole payload: bytes and texts as they are, all else as a document.
    private func payload(_ value: Value?, _ content: Shape) throws(ShapeMismatch) -> EventPayload {
        switch content.kind {
        case .blob:
            let bytes = if let value { Array(try Scalars.bytes(value)) } else { [] as [UInt8] }
            return EventPayload(contentType: "application/octet-stream", bytes: bytes)
        case .string:
            let text = if let value { try Scalars.text(value) } else { "" }
            return EventPayload(contentType: "text/plain", bytes: Array(text.utf8))
        default:
            guard let value, value != .null else { return .none }
            guard let fields = value.fields else { throw Scalars.mismatch("a structure", value) }
            return EventPayload(contentType: contentType, bytes: try document(fields, content))
        }
    }

    /// An error that ends a stream: as an exception where the stream models it, else by code and message alone.
    func message(_ error: WireError, in stream: Shape) -> EventMessage {
        let modelled = stream.members.first {
            let shape = service[$0.shape]
            return shape.error != nil && (shape.name == error.shape || shape.name == error.code)
        }
        guard let modelled else { return .error(code: error.code, message: error.message ?? "") }
        return .exception(modelled.name, EventPayload(contentType: contentType, bytes: document(error)))
    }
}
