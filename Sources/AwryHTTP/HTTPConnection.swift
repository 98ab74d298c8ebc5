// SPDX-License-Identifier: Apache-2.0

/// One connection's side of HTTP/1.1, without the socket: takes events (bytes, decisions, answers, time-outs, the
/// peer's end) and says through `next` what is to be done.
///
/// After every event the owner calls `next` until it gives `.wait`, and sends what was collected in the output.
/// Requests are taken one at a time: the next head is looked at when the answer before it is written, which keeps
/// pipelined answers in order. Owned by one loop; no locks.
public struct HTTPConnection: Sendable {
    /// What is to be done now.
    public enum Action: Sendable {
        /// Nothing, until the next event.
        case wait
        /// Ask the responder about this head, then call `answer` or `readBody`.
        case head(RequestHead)
        /// Hand over this body, then call `answer` or `postpone`.
        case body(ReceivedBody)
        /// Give this body to its sink: the answer did not wait for it.
        case remainder([UInt8], any BodySink)
        /// Send the output and clear it, then go on.
        case flush
        /// The answer with this token, which is not 0, is so many bytes long and ends where the output now ends. Not
        /// whole: a fault leaves some of it out.
        case answered(token: UInt64, bytes: Int, isWhole: Bool)
        /// A refusal was written: count it.
        case refused(Refusal)
        /// Close when the output is sent. Lingering: the peer may still be sending, and would lose the answer if the
        /// socket were closed with bytes unread (RFC 9112 9.6).
        case close(lingering: Bool)
        /// Reset the connection once the peer's system has the output.
        case reset
        /// Send the output. What the peer sends from here on, these bytes first, is another conversation, perhaps over
        /// TLS.
        case tunnel([UInt8])
    }

    /// What the connection waits for, which says what time-out is due.
    public enum Waiting: Sendable, Equatable {
        /// For the first byte of a request.
        case request
        /// For the rest of a head.
        case head
        /// For more of a body.
        case body
        /// For the promised answer: no time-out.
        case answer
        /// For the moment at which the answer may go out: `timedOut` tells that it came.
        case delay
        /// For the client to go: a fault keeps it waiting for more of an answer, or for all of it.
        case silence
        /// For more of an answer that is streamed: no time-out.
        case stream
        /// For nothing: something is to be done, or it is closing.
        case nothing
    }

    enum Phase {
        case head
        /// The head, or the body, was handed over, and `answer`, `readBody` or `postpone` is due.
        case asked
        /// The body is read for the responder.
        case reading
        /// It was there already, whole.
        case read(ArraySlice<UInt8>)
        /// The responder will answer.
        case postponed
        /// The client is to hear that it has its tunnel.
        case tunnelling
        case delaying(Reply)
        case ready(Reply)
        /// The answer's head is written, its body comes.
        case streaming
        /// A fault will be the answer; before that, what is left of the body is dropped.
        case draining(Reply)
        /// A fault has left the answer unfinished. What comes is dropped.
        case silent
        case resetting
        /// The answer is written; what is left of the body is dropped.
        case dropping
        case refusing(Refusal)
        case closing(lingering: Bool)
        case closed
    }

    let limits: HTTPLimits
    var phase = Phase.head
    var parser: HeadParser
    /// Bytes not looked at yet begin at `cursor`.
    var input: [UInt8] = []
    var cursor = 0
    var inputEnded = false

    // Of the request under way.
    var framing = Framing()
    var isHead = false
    var minorVersion: UInt8 = 1
    var body = BodyReader.none
    /// Who gets the body that is still being read after the answer.
    var sink: (any BodySink)?
    var owesContinue = false
    /// Of the answer under way, if it is streamed.
    var stream = StreamedAnswer()
    var closesAfter = false

    var stopping = false

    /// A connection just accepted.
    public init(limits: HTTPLimits) {
        self.limits = limits
        self.parser = HeadParser(limits: limits)
    }

    /// How many bytes have come that were not looked at.
    var unread: Int { input.count - cursor }

    /// Whether no request is under way and none has begun.
    public var isIdle: Bool {
        if case .head = phase { return unread == 0 }
        return false
    }

    /// The token of an answer that waits to be written; 0 if there is none.
    public var unwrittenToken: UInt64 {
        switch phase {
        case .delaying(let reply), .ready(let reply), .draining(let reply): reply.token
        case .streaming: stream.token
        default: 0
        }
    }

    /// Whether more bytes are wanted. While an answer is awaited, at most 64 KiB are taken ahead of it.
    public var wantsInput: Bool {
        if inputEnded { return false }
        return switch phase {
        case .closing, .closed, .refusing, .resetting: false
        case .head, .reading, .dropping, .draining, .silent: true
        case .asked, .read, .postponed, .tunnelling, .delaying, .ready, .streaming: unread < 64 << 10
        }
    }

    /// What it waits for.
    public var waiting: Waiting {
        switch phase {
        case .head: unread == 0 ? .request : .head
        case .reading, .dropping, .draining: .body
        case .silent: .silence
        case .postponed: .answer
        case .delaying: .delay
        case .streaming: .stream
        case .asked, .read, .tunnelling, .ready, .refusing, .resetting, .closing, .closed: .nothing
        }
    }

    // MARK: Events

    /// Bytes came.
    public mutating func received(_ bytes: Span<UInt8>) {
        switch phase {
        case .closing, .closed, .refusing, .resetting, .silent: return
        case .reading where unread == 0, .dropping where unread == 0, .draining where unread == 0:
            // Straight to the body: what is left over belongs to the next request.
            let taken = body.take(bytes)
            if taken < bytes.count { keep(bytes.extracting(taken..<bytes.count)) }
        default: keep(bytes)
        }
    }

    /// The peer will send no more. It may still read: an answer that is under way is finished.
    public mutating func peerEnded() {
        inputEnded = true
        // Nobody waits any more for what would never have come.
        if case .silent = phase { phase = .closing(lingering: false) }
    }

    /// The responder's answer, to a head whose body it does not want or to a whole request.
    public mutating func answer(_ reply: Reply) {
        switch phase {
        case .asked, .postponed: phase = reply.delay > .zero ? .delaying(reply) : .ready(reply)
        default: break
        }
    }

    /// The responder wants the body, up to `limit` bytes.
    public mutating func readBody(limit: Int) {
        readBody(BodyPlan(limit: limit))
    }

    /// The responder wants the body, taken in so.
    public mutating func readBody(_ plan: BodyPlan) {
        guard case .asked = phase else { return }
        var plan = plan
        plan.limit = min(max(plan.limit, 0), limits.bodyBytes)
        if case .length(let length) = framing.body, length > plan.limit {
            phase = .refusing(.bodyTooLarge)
            return
        }
        if let whole = wholeBody(plan) {
            phase = .read(whole)
            return
        }
        body.keep(plan, limits: limits)
        owesContinue = framing.expectsContinue && unread == 0
        phase = .reading
    }

    /// A body that came with its head, as most do, and to which nothing is to be done: taken out in one piece, at a
    /// fifth of what it costs to collect one.
    private mutating func wholeBody(_ plan: BodyPlan) -> ArraySlice<UInt8>? {
        guard case .length(let length) = framing.body, length <= unread, length <= limits.heldBytes, plan.isPlain,
            body.isUntouched(length)
        else { return nil }
        let whole = Array(input[cursor..<cursor + length])
        consume(length)
        body.reset()
        return whole[...]
    }

    /// The responder takes the part of the host to which CONNECT asks for a tunnel.
    public mutating func tunnel() {
        if case .asked = phase { phase = .tunnelling }
    }

    /// The responder will answer later.
    public mutating func postpone() {
        if case .asked = phase { phase = .postponed }
    }

    /// The time-out that `waiting` calls for has passed.
    public mutating func timedOut() {
        switch phase {
        case .head: phase = unread == 0 ? .closing(lingering: false) : .refusing(.headTimeout)
        case .reading: phase = .refusing(.bodyTimeout)
        case .dropping, .silent: phase = .closing(lingering: false)
        // It is not waited for: what is left of the body counts as read.
        case .draining: body = .none
        case .delaying(let reply): phase = .ready(reply)
        default: break
        }
    }

    /// The server is stopping: what is under way is finished, nothing new is begun.
    public mutating func stop() {
        stopping = true
        switch phase {
        case .silent: phase = .closing(lingering: false)
        default: if isIdle { phase = .closing(lingering: false) }
        }
    }

    private mutating func keep(_ bytes: Span<UInt8>) {
        if cursor > 0 {
            input.removeSubrange(..<cursor)
            cursor = 0
        }
        bytes.withUnsafeBufferPointer { input.append(contentsOf: $0) }
    }

    /// Counts so many bytes of the input as looked at, and gives its memory back when it was unusually large.
    mutating func consume(_ count: Int) {
        cursor += count
        guard cursor >= input.count else { return }
        cursor = 0
        input.removeAll(keepingCapacity: input.capacity <= 4096)
    }
}
