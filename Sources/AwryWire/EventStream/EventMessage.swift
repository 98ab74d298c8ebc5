// SPDX-License-Identifier: Apache-2.0

import AwryDigest

/// One message of an AWS event stream (`application/vnd.amazon.eventstream`).
///
/// The frame (Smithy, "Amazon event stream specification"): total length, length of the headers, CRC32 of both; the
/// headers; the payload; CRC32 of all that. Numbers are big-endian.
public struct EventMessage: Sendable, Hashable {
    /// The headers in the order in which they stand.
    public var headers: [EventHeader]
    /// The payload.
    public var payload: ArraySlice<UInt8>

    /// The media type of such streams.
    static let mediaType = "application/vnd.amazon.eventstream"
    /// The two lengths and their checksum.
    static let preludeLength = 12
    /// What a message has besides headers and payload: the prelude, and the checksum at its end.
    static let overhead = 16

    /// A message of these parts.
    public init(headers: [EventHeader], payload: ArraySlice<UInt8>) {
        self.headers = headers
        self.payload = payload
    }

    /// An event of this name; `more` are headers that members stand in.
    static func event(_ name: String, _ payload: EventPayload, more: [EventHeader] = []) -> EventMessage {
        EventMessage(":event-type", name, payload, kind: "event", more: more)
    }

    /// A modelled error within a stream.
    static func exception(_ name: String, _ payload: EventPayload, more: [EventHeader] = []) -> EventMessage {
        EventMessage(":exception-type", name, payload, kind: "exception", more: more)
    }

    /// An error that the stream does not model.
    static func error(code: String, message: String) -> EventMessage {
        EventMessage(
            headers: [
                EventHeader(":error-code", code), EventHeader(":error-message", message),
                EventHeader(":message-type", "error"),
            ], payload: [])
    }

    private init(_ typeHeader: String, _ name: String, _ payload: EventPayload, kind: String, more: [EventHeader]) {
        var headers = [EventHeader(typeHeader, name)]
        if let type = payload.contentType { headers.append(EventHeader(":content-type", type)) }
        headers.append(EventHeader(":message-type", kind))
        self.init(headers: headers + more, payload: payload.bytes[...])
    }

    /// The content of the header of this name.
    func header(_ name: String) -> EventHeader.Content? {
        headers.first { $0.name == name }?.content
    }

    /// The text in the header of this name; nil where it is absent or holds no text.
    func text(_ name: String) -> String? {
        if case .string(let text) = header(name) { text } else { nil }
    }

    /// Appends the frame.
    public func write(into out: inout [UInt8]) {
        var head: [UInt8] = []
        for header in headers { header.write(into: &head) }
        out += Self.frame(headers: head, payload: payload)
    }

    /// The frame around headers that are written already, rightly or not.
    public static func frame(headers: [UInt8], payload: ArraySlice<UInt8>) -> [UInt8] {
        let total = headers.count + payload.count + overhead
        var out = prelude(total: UInt32(truncatingIfNeeded: total), headers: UInt32(truncatingIfNeeded: headers.count))
        out.reserveCapacity(total)
        out += headers
        out += payload
        out += Checksum.of(out[...], .crc32)
        return out
    }

    /// The two lengths and their checksum.
    static func prelude(total: UInt32, headers: UInt32) -> [UInt8] {
        var out: [UInt8] = []
        BigEndian.append(total, to: &out)
        BigEndian.append(headers, to: &out)
        return out + Checksum.of(out[...], .crc32)
    }
}

/// What an event carries beside its headers, and of which type it is; nothing and no type for an event of no members.
struct EventPayload: Sendable, Hashable {
    var contentType: String?
    var bytes: [UInt8] = []

    static let none = EventPayload()
}
