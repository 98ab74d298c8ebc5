// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// One message of an AWS event stream (`application/vnd.amazon.eventstream`), with headers that are texts.
///
/// The frame (Smithy, "Amazon event stream specification"): total length, length of the headers, CRC32 of both; the
/// headers; the payload; CRC32 of all that. Numbers are big-endian.
struct EventMessage: Sendable, Hashable {
    /// The headers in the order in which they go out.
    var headers: [Header]
    var payload: [UInt8]

    /// An event of this name.
    static func event(_ name: String, contentType: String, _ payload: [UInt8]) -> EventMessage {
        EventMessage(
            headers: [
                Header(":event-type", name), Header(":content-type", contentType), Header(":message-type", "event"),
            ], payload: payload)
    }

    /// A modelled error within a stream.
    static func exception(_ shape: String, contentType: String, _ payload: [UInt8]) -> EventMessage {
        EventMessage(
            headers: [
                Header(":exception-type", shape), Header(":content-type", contentType),
                Header(":message-type", "exception"),
            ], payload: payload)
    }

    /// Appends the frame.
    func write(into out: inout [UInt8]) {
        var head: [UInt8] = []
        for header in headers {
            // A name has at most 255 bytes, a text at most 65535; nothing of ours comes near.
            let name = header.name.utf8.prefix(255)
            let value = header.value.utf8.prefix(65_535)
            head.append(UInt8(name.count))
            head.append(contentsOf: name)
            head.append(7)
            head.append(contentsOf: [UInt8(value.count >> 8), UInt8(value.count & 0xFF)])
            head.append(contentsOf: value)
        }
        let start = out.count
        Self.append(UInt32(truncatingIfNeeded: head.count + payload.count + 16), to: &out)
        Self.append(UInt32(truncatingIfNeeded: head.count), to: &out)
        out.append(contentsOf: Checksum.of(out[start...], .crc32))
        out.append(contentsOf: head)
        out.append(contentsOf: payload)
        out.append(contentsOf: Checksum.of(out[start...], .crc32))
    }

    private static func append(_ number: UInt32, to out: inout [UInt8]) {
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            out.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
