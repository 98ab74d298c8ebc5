// SPDX-License-Identifier: Apache-2.0

/// Where a request came from and when.
public struct Arrival: Sendable {
    /// The peer's address in text form, without the port.
    public var peer: String
    /// Which connection: unique while the process lives.
    public var connection: UInt64
    /// When the first byte of the head was read, on the monotonic clock, in nanoseconds.
    public var at: UInt64
    /// Whether it came over TLS.
    public var isSecure: Bool
    /// Names this one exchange, for an answer that comes later.
    public var exchange: ExchangeID

    /// An arrival of these parts.
    public init(peer: String, connection: UInt64, at: UInt64, exchange: ExchangeID, isSecure: Bool = false) {
        self.isSecure = isSecure
        self.peer = peer
        self.connection = connection
        self.at = at
        self.exchange = exchange
    }
}

/// Names one exchange on one connection of one shard, so that an answer can be given later and from another thread.
public struct ExchangeID: Sendable, Hashable {
    /// The shard's index.
    public var shard: UInt32
    /// The connection's slot in the shard.
    public var slot: UInt32
    /// How often the slot was used before: an answer for an earlier owner is dropped.
    public var generation: UInt64

    /// The exchange of this shard, slot and generation.
    public init(shard: UInt32, slot: UInt32, generation: UInt64) {
        self.shard = shard
        self.slot = slot
        self.generation = generation
    }
}

/// What the server does once it has seen a request's head.
public enum HeadDecision: Sendable {
    /// This is the answer; the body, if any, is read and dropped (or the connection closed after the answer).
    case answer(Reply)
    /// Read the body by this plan, and hand over `pending` with it.
    case readBody(pending: any PendingRequest, BodyPlan)
    /// Serve on this connection what a client that asked for CONNECT believes to send to the host of this name, over
    /// TLS or not.
    case tunnel(host: String)
}

/// What the server does once it has seen the whole request.
public enum BodyDecision: Sendable {
    /// This is the answer.
    case answer(Reply)
    /// The answer comes by `Answering.answer(_:for:)`.
    case later
    /// This comes of `resume` with `pending`, once so long a time has passed, or the client is gone.
    case after(Duration, pending: any PendingRequest)
    /// Another server is asked, and what it says is the answer, as the receiver of the request decides.
    case forward(Forward)
}

/// What a responder keeps of a request while its body is being read, or while it waits.
public protocol PendingRequest: AnyObject, Sendable {}

/// The program behind the transport: takes requests, gives replies. Called on the shard's loop; must not block.
public protocol Responder: Sendable {
    /// A request's head has been read.
    func head(_ head: RequestHead, _ arrival: Arrival) -> HeadDecision
    /// The body has been read whole, transfer codings (chunked) removed.
    func body(_ body: ReceivedBody, of pending: any PendingRequest) -> BodyDecision
    /// The time that `BodyDecision.after` named has passed, or the client is gone: then a reply is not sent, but its
    /// delivery reported all the same. By default the answer comes later.
    func resume(_ pending: any PendingRequest) -> BodyDecision
    /// The reply with this token has been sent, or its connection broke.
    func delivered(_ token: UInt64, _ delivery: Delivery)
    /// The client of an exchange whose answer was promised has ended its side of the connection, or broken it. An
    /// answer is still taken, and will be sent if the client can read. By default nothing is done.
    func abandoned(_ exchange: ExchangeID)
}

extension Responder {
    /// Nothing is decided.
    public func resume(_ pending: any PendingRequest) -> BodyDecision { .later }

    /// Does nothing.
    public func abandoned(_ exchange: ExchangeID) {}
}
