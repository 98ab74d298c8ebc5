// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// One accepted connection. Owned by its shard's loop, and used nowhere else.
final class Connection {
    /// An answer whose end was not yet reported, counted in bytes since the connection began.
    struct Answer {
        let token: UInt64
        let start: Int
        let end: Int
        /// Whether nothing of it was left out.
        let isWhole: Bool
    }

    /// Whether nothing waits to go out, as ciphertext or not.
    var hasSent: Bool { outgoing.isEmpty && tls?.hasPending != true }

    enum Ending {
        case none
        /// Closes when all is sent.
        case whenSent(lingering: Bool)
        /// All is sent and our side is shut; what still comes is dropped.
        case lingering(dropped: Int)
        /// Is reset when the peer's system has all that was sent.
        case resetting
    }

    /// The descriptor, and the place in the shard's table.
    let slot: Int32
    let generation: UInt32
    /// The peer's address without the port.
    let peer: String
    /// Unique in the process.
    let id: UInt64

    /// What it may speak TLS with; nil once its first byte was seen.
    var context: TLSContext?
    var tls: TLSSession?
    /// Whether a client that does not begin with TLS is sent away.
    var mustSpeakTLS = false
    /// What is said in the place of any answer.
    var canned: Canned?

    var machine: HTTPConnection
    /// Counts the requests; with the generation it names the exchange.
    var exchange: UInt32 = 0
    var pending: (any PendingRequest)?
    /// The request under way, if it was passed on.
    var upstream: UpstreamExchange?
    /// Who makes the body of the answer under way, if it goes on for as long as the client listens.
    var source: (any StreamSource)?
    /// Whether the client will send no more.
    var hasEnded = false
    /// The responder was told that the client of the exchange under way is gone.
    var abandonmentTold = false

    var outgoing = Outgoing()
    var queued = 0
    /// Of the answer that goes out slowly; nothing else is begun before its end.
    var pace: Pace?
    var sent = 0
    var answers: [Answer] = []
    var ending = Ending.none
    var interest = Epoll.Interest.input

    // Moments on the monotonic clock, in nanoseconds.
    var headAt: UInt64
    var delayedUntil: UInt64 = 0
    /// When the responder is asked again about `pending`; `max` if it is not.
    var resumesAt = UInt64.max
    var wroteAt: UInt64
    var lingersUntil: UInt64 = 0
    var silentUntil = UInt64.max
    var deadline = UInt64.max
    /// The entry of the timer queue that is meant; `max` if there is none.
    var timerAt = UInt64.max

    init(slot: Int32, generation: UInt32, peer: String, id: UInt64, limits: HTTPLimits, now: UInt64) {
        self.slot = slot
        self.generation = generation
        self.peer = peer
        self.id = id
        machine = HTTPConnection(limits: limits)
        headAt = now
        wroteAt = now
    }

    func exchangeID(shard: UInt32) -> ExchangeID {
        ExchangeID(
            shard: shard, slot: UInt32(bitPattern: slot), generation: UInt64(generation) << 32 | UInt64(exchange))
    }

    /// Whether more may be done for it than to send what waits.
    var mayBegin: Bool {
        guard case .none = ending, pace == nil else { return false }
        return outgoing.count <= Shard.maxOutgoing
    }

    /// Whether what is said next goes to the socket as it is: nothing waits before it, and nothing slows it down or
    /// enciphers it.
    var sendsAtOnce: Bool { outgoing.isEmpty && pace == nil && tls == nil }

    /// What the socket is to be watched for.
    var wanted: Epoll.Interest {
        var wanted: Epoll.Interest = hasSent || pace?.isBlocked == false ? [] : .output
        switch ending {
        case .none: if machine.wantsInput, outgoing.count <= Shard.maxOutgoing { wanted.insert(.input) }
        case .whenSent, .resetting: break
        case .lingering: wanted.insert(.input)
        }
        return wanted
    }
}
