// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Takes the messages of an event stream out of bytes that come in pieces of any size.
///
/// The limits are those of AWS's own decoders (botocore's `EventStreamBuffer`), so that at most one message of that
/// size is held. After a mistake nothing more is read: there is no telling where the next message begins.
public struct EventMessageDecoder: Sendable {
    /// The most bytes that a message's headers may take: 128 KiB.
    static let headersLimit = 128 << 10
    /// The most bytes that a message's payload may have: 24 MiB.
    static let payloadLimit = 24 << 20

    /// What is wrong with a stream.
    public enum Mistake: Error, Sendable, Hashable {
        /// The checksum of a message's first eight bytes, or of the whole of it, is not the one that it says.
        case checksum(ofPrelude: Bool)
        /// The headers are longer than they may be.
        case headersTooLong(Int)
        /// The payload is longer than it may be.
        case payloadTooLong(Int)
        /// The message is shorter than its parts.
        case tooShort(Int)
        /// A header that cannot be read.
        case badHeader
        /// Two headers of one name.
        case duplicateHeader(String)
        /// The stream ended so many bytes into a message.
        case unfinished(Int)
    }

    /// What came of a message that is not whole yet.
    private var pending: [UInt8] = []
    /// The length of the message that `pending` begins, once known.
    private var wanted: Int?
    private var mistake: Mistake?

    /// A decoder at the beginning of a stream.
    public init() {}

    /// Takes the next bytes and appends the messages that they complete. Their payloads are slices of what was given
    /// where a message came in one piece.
    public mutating func take(_ bytes: ArraySlice<UInt8>, into messages: inout [EventMessage]) throws(Mistake) {
        if let mistake { throw mistake }
        do throws(Mistake) {
            var rest = bytes
            if !pending.isEmpty { try complete(with: &rest, into: &messages) }
            while let length = try Self.length(of: rest), rest.count >= length {
                messages.append(try Self.message(rest.prefix(length)))
                rest = rest.dropFirst(length)
            }
            pending.append(contentsOf: rest)
        } catch {
            mistake = error
            throw error
        }
    }

    /// The stream has ended: it may not do so within a message.
    public func finish() throws(Mistake) {
        if let mistake { throw mistake }
        if !pending.isEmpty { throw .unfinished(pending.count) }
    }

    /// All messages of a stream that is there as a whole.
    public static func messages(in bytes: ArraySlice<UInt8>) throws(Mistake) -> [EventMessage] {
        var decoder = EventMessageDecoder()
        var messages: [EventMessage] = []
        try decoder.take(bytes, into: &messages)
        try decoder.finish()
        return messages
    }

    /// Moves what the begun message still lacks, and reads the message if it is whole then.
    private mutating func complete(
        with rest: inout ArraySlice<UInt8>, into messages: inout [EventMessage]
    ) throws(Mistake) {
        if wanted == nil {
            move(upTo: EventMessage.preludeLength, from: &rest)
            wanted = try Self.length(of: pending[...])
        }
        guard let wanted else { return }
        move(upTo: wanted, from: &rest)
        guard pending.count == wanted else { return }
        messages.append(try Self.message(pending[...]))
        pending = []
        self.wanted = nil
    }

    private mutating func move(upTo count: Int, from rest: inout ArraySlice<UInt8>) {
        let taken = rest.prefix(max(0, count - pending.count))
        pending.append(contentsOf: taken)
        rest = rest.dropFirst(taken.count)
    }

    /// The length of the message that begins here, nil before its prelude is there. The prelude is checked.
    private static func length(of bytes: ArraySlice<UInt8>) throws(Mistake) -> Int? {
        guard bytes.count >= EventMessage.preludeLength else { return nil }
        let prelude = bytes.prefix(EventMessage.preludeLength)
        guard Checksum.of(prelude.dropLast(4), .crc32).elementsEqual(prelude.suffix(4)) else {
            throw .checksum(ofPrelude: true)
        }
        let total: Int = BigEndian.number(prelude.prefix(4))
        let headers: Int = BigEndian.number(prelude.dropFirst(4).prefix(4))
        guard headers <= headersLimit else { throw .headersTooLong(headers) }
        guard total >= headers + EventMessage.overhead else { throw .tooShort(total) }
        let payload = total - headers - EventMessage.overhead
        guard payload <= payloadLimit else { throw .payloadTooLong(payload) }
        return total
    }

    /// The message that these bytes, of its very length, are.
    private static func message(_ bytes: ArraySlice<UInt8>) throws(Mistake) -> EventMessage {
        guard Checksum.of(bytes.dropLast(4), .crc32).elementsEqual(bytes.suffix(4)) else {
            throw .checksum(ofPrelude: false)
        }
        let headersLength: Int = BigEndian.number(bytes.dropFirst(4).prefix(4))
        let content = bytes.dropFirst(EventMessage.preludeLength).dropLast(4)
        var reader = EventHeaderReader(bytes: content.prefix(headersLength))
        return EventMessage(headers: try reader.headers(), payload: content.dropFirst(headersLength))
    }
}

extension EventMessageDecoder.Mistake: CustomStringConvertible {
    /// As it is told to people: "the checksum of an event does not match".
    public var description: String {
        switch self {
        case .checksum(let ofPrelude): "the checksum of an event\(ofPrelude ? "'s lengths" : "") does not match"
        case .headersTooLong(let count): "an event's headers have at most 131072 bytes, found \(count)"
        case .payloadTooLong(let count): "an event's payload has at most 25165824 bytes, found \(count)"
        case .tooShort(let count): "an event's length is less than its parts': \(count)"
        case .badHeader: "an event's header cannot be read"
        case .duplicateHeader(let name): "an event has the header \(name) twice"
        case .unfinished(let count): "the stream ends \(count) bytes into an event"
        }
    }
}

/// Reads the headers of one message.
private struct EventHeaderReader {
    var bytes: ArraySlice<UInt8>

    mutating func headers() throws(EventMessageDecoder.Mistake) -> [EventHeader] {
        var headers: [EventHeader] = []
        var names: Set<String> = []
        while !bytes.isEmpty {
            let header = EventHeader(try text(try take(Int(try number() as UInt8))), try content())
            guard names.insert(header.name).inserted else { throw .duplicateHeader(header.name) }
            headers.append(header)
        }
        return headers
    }

    private mutating func content() throws(EventMessageDecoder.Mistake) -> EventHeader.Content {
        switch try number() as UInt8 {
        case 0: return .bool(true)
        case 1: return .bool(false)
        case 2: return .byte(try number())
        case 3: return .short(try number())
        case 4: return .integer(try number())
        case 5: return .long(try number())
        case 6: return .bytes(Blob(try take(Int(try number() as UInt16))))
        case 7: return .string(try text(try take(Int(try number() as UInt16))))
        case 8: return .timestamp(Timestamp(milliseconds: try number()))
        case 9: return .uuid(Blob(try take(16)))
        default: throw .badHeader
        }
    }

    private mutating func number<Number: FixedWidthInteger>() throws(EventMessageDecoder.Mistake) -> Number {
        BigEndian.number(try take(Number.bitWidth / 8))
    }

    private mutating func take(_ count: Int) throws(EventMessageDecoder.Mistake) -> ArraySlice<UInt8> {
        guard bytes.count >= count else { throw .badHeader }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(EventMessageDecoder.Mistake) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .badHeader }
        return text
    }
}
