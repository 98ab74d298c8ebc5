// SPDX-License-Identifier: Apache-2.0

import COpenSSL

/// TLS between a connection and its socket. Owned by its connection's loop, and used nowhere else.
///
/// What waits, what is paced and where an answer breaks is counted in plaintext; bytes are made ciphertext when they go
/// out, never before, so that a client that does not read costs no second copy.
final class TLSSession {
    enum Input {
        case bytes(Int)
        case none
        /// The peer has said that it sends no more.
        case end
        /// What came is no TLS, or no handshake that can succeed; what is pending may say so.
        case broken
    }

    /// So much plaintext is made ciphertext at a time.
    private static let piece = 64 << 10

    private let session: OpaquePointer
    /// Ciphertext that the socket has not taken yet, from `offset` on.
    private var pending: [UInt8] = []
    private var offset = 0
    /// How much of the plaintext that was handed in is in `pending` and not reported as sent.
    private var inFlight = 0
    private var hasEnded = false

    /// Takes over a session of OpenSSL's.
    init(_ session: OpaquePointer) {
        self.session = session
    }

    deinit {
        awry_tls_session_free(session)
    }

    /// Whether ciphertext waits for the socket.
    var hasPending: Bool { !pending.isEmpty }

    /// Takes ciphertext that came; false where memory is short.
    func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        return awry_tls_feed(session, start, bytes.count) == 1
    }

    /// Plaintext of what came; with none, the handshake may have gone on.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Input {
        guard let start = buffer.baseAddress else { return .none }
        let count = awry_tls_read(session, start, buffer.count)
        collect()
        if count > 0 { return .bytes(count) }
        switch count {
        case awry_tls_ended: return .end
        case awry_tls_broken: return .broken
        default: return .none
        }
    }

    /// Sends plaintext: how many bytes of it the socket has taken as ciphertext, or nil if it is broken. What was
    /// handed in and not taken must be handed in again.
    func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int? {
        var total = 0
        while true {
            guard sendPending(descriptor) else { return nil }
            if hasPending { return total }
            total += inFlight
            inFlight = 0
            let count = min(bytes.count - total, Self.piece)
            guard count > 0, let start = bytes.baseAddress else { return total }
            guard awry_tls_write(session, start + total, count) == 1 else { return nil }
            inFlight = count
            collect()
        }
    }

    /// Sends ciphertext that waits; false if the socket is broken.
    func sendPending(_ descriptor: Int32) -> Bool {
        guard hasPending else { return true }
        let sent = pending.withUnsafeBytes {
            SocketIO.send(descriptor, UnsafeRawBufferPointer(rebasing: $0[offset...]))
        }
        guard let sent else { return false }
        offset += sent
        if offset == pending.count {
            offset = 0
            pending = []
        }
        return true
    }

    /// Has it said to the peer, once, that nothing more will be sent.
    func end() {
        guard !hasEnded else { return }
        hasEnded = true
        awry_tls_end(session)
        collect()
    }

    /// Takes what OpenSSL wants sent.
    private func collect() {
        let waiting = awry_tls_waiting(session)
        guard waiting > 0 else { return }
        pending.append(
            contentsOf: [UInt8](unsafeUninitializedCapacity: waiting) { buffer, count in
                if let start = buffer.baseAddress { count = awry_tls_take(session, start, waiting) }
            })
    }
}
