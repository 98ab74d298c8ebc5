// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Why a request's stream of events cannot be read, in words for its sender.
struct EventMisfit: Error {
    let message: String

    init(_ problem: String) {
        message = "The stream of events cannot be read: \(problem)"
    }
}

/// The events that a client sends.
///
/// Signed ones come in messages of their own, with `:date`, `:chunk-signature` and, as the payload, the event's
/// message; an empty payload says that the stream is at its end (Signature Version 4,
/// `STREAMING-AWS4-HMAC-SHA256-EVENTS`).
enum EventInput {
    /// The events of a body, without the signatures around them.
    static func events(
        _ body: ArraySlice<UInt8>, of stream: Shape
    ) throws(EventMisfit) -> [(member: Member, message: EventMessage)] {
        var events: [(member: Member, message: EventMessage)] = []
        for outer in try decoded(body) {
            let isSigned = outer.header(":chunk-signature") != nil
            let inner = isSigned ? try decoded(outer.payload) : [outer]
            for message in inner { events.append((try member(message, of: stream), message)) }
        }
        return events
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) throws(EventMisfit) -> [EventMessage] {
        do {
            return try EventMessageDecoder.messages(in: bytes)
        } catch {
            throw EventMisfit("\(error)")
        }
    }

    /// The event that a message is, by the stream's model.
    private static func member(_ message: EventMessage, of stream: Shape) throws(EventMisfit) -> Member {
        let kind = message.text(":message-type")
        guard kind == "event" else { throw EventMisfit("a message is of the type \(kind ?? "none"), not event") }
        guard let name = message.text(":event-type") else { throw EventMisfit("an event has no :event-type") }
        guard let member = stream.member(name) else {
            throw EventMisfit(Scalars.unknown(name, in: stream).message)
        }
        return member
    }

    /// The members of an event that stand in its headers.
    static func headerMembers(_ message: EventMessage, _ event: Shape) -> Fields {
        var fields = Fields()
        for member in event.members where member.flags.contains(.eventHeader) {
            if let content = message.header(member.name) { fields[member.name] = content.value }
        }
        return fields
    }
}
