// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An answer, decided and rendered, that the transport only has to send.
public struct Reply: Sendable {
    /// What goes over the wire.
    public enum Content: Sendable {
        /// A status line, headers in this order, and a body. The transport adds `Content-Length`, `Date` and
        /// `Connection` where the message lacks them and `framing` does not forbid it.
        case message(Message)
        /// The same of a message whose body, left empty here, comes by and by: so long as its `Content-Length` says,
        /// else until it has ended.
        case streamed(Message)
        /// The same of a message whose body a source makes for as long as the client listens.
        indirect case live(Message, any StreamSource)
        /// Exactly these bytes, then the connection closes if `close`.
        case bytes([UInt8], close: Bool)
        /// What the fault makes of this message; of none, where it puts something in the place of an answer. Indirect,
        /// so that the usual answers stay small.
        indirect case broken(Message?, ConnectionFault)
    }

    /// An HTTP response.
    public struct Message: Sendable {
        /// What few messages have: one reference in all others, which are handed on more often than looked at.
        private final class Rare: Sendable {
            let reason: String?
            let stored: Blob?
            let omitted: [String]

            private init(reason: String?, stored: Blob?, omitted: [String]) {
                self.reason = reason
                self.stored = stored
                self.omitted = omitted
            }

            static func of(reason: String?, stored: Blob?, omitted: [String]) -> Rare? {
                if reason == nil, stored == nil, omitted.isEmpty { return nil }
                return Rare(reason: reason, stored: stored, omitted: omitted)
            }
        }

        /// The status code.
        public var status: Int
        /// The headers in the order in which they go out.
        public var headers: [Header]
        /// The body. For HEAD, 204 and 304 none is sent, but for HEAD its length is told.
        public var body: [UInt8]
        private var rare: Rare?
        /// The reason phrase; nil takes RFC 9110's for the status.
        public var reason: String? {
            get { rare?.reason }
            set { rare = Rare.of(reason: newValue, stored: stored, omitted: omitted) }
        }
        /// A body that does not lie in memory, in the place of `body`.
        public var stored: Blob? {
            get { rare?.stored }
            set { rare = Rare.of(reason: reason, stored: newValue, omitted: omitted) }
        }
        /// Lower-case names of headers that the transport must not add.
        public var omitted: [String] {
            get { rare?.omitted ?? [] }
            set { rare = Rare.of(reason: reason, stored: stored, omitted: newValue) }
        }

        /// How many bytes the body has.
        public var bodyCount: Int { stored?.count ?? body.count }

        /// The body, wherever it lies.
        public var blob: Blob {
            get { stored ?? Blob(body) }
            set {
                // Short ones go out with the head, in one send.
                let bytes = newValue.inMemory ?? (newValue.count <= HTTPOutput.copiedBody ? newValue.bytes : nil)
                stored = bytes == nil ? newValue : nil
                body = bytes.map { Array($0) } ?? []
            }
        }

        /// A response of these parts.
        public init(
            status: Int, reason: String? = nil, headers: [Header] = [], body: [UInt8] = [], stored: Blob? = nil,
            omitted: [String] = []
        ) {
            self.status = status
            self.headers = headers
            self.body = body
            rare = Rare.of(reason: reason, stored: stored, omitted: omitted)
        }
    }

    /// What goes over the wire.
    public var content: Content
    /// How long the transport waits before the first byte, from when it got the reply.
    public var delay: Duration
    /// Whether the connection closes after this answer.
    public var closes: Bool
    /// How many bytes of the body go out in a second; 0 where that is not limited.
    public var bytesPerSecond = 0
    /// Handed back to the responder with the delivery's outcome, so that it can finish its journal entry. 0 asks for
    /// none.
    public var token: UInt64
    /// Who wants the request's body, though the answer does not wait for it; nil where it is dropped.
    public var sink: (any BodySink)?

    /// A reply of these parts.
    public init(
        _ content: Content, delay: Duration = .zero, closes: Bool = false, bytesPerSecond: Int = 0, token: UInt64 = 0,
        sink: (any BodySink)? = nil
    ) {
        self.bytesPerSecond = bytesPerSecond
        self.sink = sink
        self.content = content
        self.delay = delay
        self.closes = closes
        self.token = token
    }
}

/// Takes the body of a request that was answered from its head alone. A body that does not come whole, or that is sent
/// in chunks, is never handed over.
public protocol BodySink: AnyObject, Sendable {
    /// How many bytes are taken; a longer body is dropped.
    var limit: Int { get }
    /// The body has come. Called once at most, on the connection's loop: must not wait.
    func take(_ body: [UInt8])
}

/// How the sending of an answer ended.
public struct Delivery: Sendable, Equatable {
    /// Whether the last byte was handed to the operating system; false where the connection broke before.
    public var whole: Bool
    /// Bytes handed to the operating system.
    public var bytes: Int
    /// When it ended, on the monotonic clock, in nanoseconds: read just before the last byte was handed over, so that
    /// no client has it earlier.
    public var endedAt: UInt64

    /// A delivery that ended so.
    public init(whole: Bool, bytes: Int, endedAt: UInt64) {
        self.whole = whole
        self.bytes = bytes
        self.endedAt = endedAt
    }
}
