// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

extension Shard {
    /// The first byte of every TLS conversation: a record of its handshake (RFC 8446 5.1). No HTTP request begins so.
    private static let handshakeRecord: UInt8 = 0x16

    /// Whether a connection that may speak TLS does, by its first byte. Looked at once.
    func beginsSecure(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) -> Bool {
        guard let context = connection.context.take() else { return false }
        // In a tunnel, what was said before it must be out, or it would go out as ciphertext.
        guard connection.outgoing.isEmpty else { return false }
        guard bytes.first == Self.handshakeRecord, let session = context.session() else { return false }
        connection.tls = session
        return true
    }

    /// Takes ciphertext apart; false if the connection is gone.
    func receiveSecure(_ bytes: UnsafeRawBufferPointer, _ tls: TLSSession, _ connection: Connection) -> Bool {
        guard tls.feed(bytes) else {
            drop(connection)
            return false
        }
        let plain = plaintext()
        reading: while true {
            switch tls.read(into: plain) {
            case .bytes(let count):
                let bytes = UnsafeRawBufferPointer(rebasing: plain[..<count]).bindMemory(to: UInt8.self)
                connection.machine.received(bytes.span)
            case .none: break reading
            case .end:
                peerEnded(connection)
                break reading
            case .broken:
                // Lingering, so that the alert which says why is not lost.
                connection.ending = .whenSent(lingering: true)
                break reading
            }
        }
        guard tls.sendPending(connection.slot) else {
            drop(connection)
            return false
        }
        return true
    }

    /// Where plaintext goes, and pieces of files on their way out; made when it is first needed. Not `buffer`, in which
    /// there may be what is just being taken.
    func plaintext() -> UnsafeMutableRawBufferPointer {
        if let plain { return plain }
        let made = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
        plain = made
        return made
    }
}
