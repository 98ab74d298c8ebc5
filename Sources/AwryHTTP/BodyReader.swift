// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What is left of a body, and what came of it: to keep, or to drop.
struct BodyReader: Sendable {
    private enum State {
        case done
        case length(Int)
        case chunked
        case refused(Refusal)
    }

    /// No body.
    static let none = BodyReader()

    private var state = State.done
    private var decoder: ChunkedDecoder?
    /// Keeps the bytes for the responder; nil where they are dropped.
    private var collector: BodyCollector?
    private var limit = 0
    private var dropped = 0

    private init() {}

    /// A body framed so, of which nothing has come yet.
    init(_ framing: Framing.Body, limits: HTTPLimits) {
        switch framing {
        case .none: break
        case .length(let length): state = .length(length)
        case .chunked:
            state = .chunked
            decoder = ChunkedDecoder(limits: limits)
        }
    }

    /// Begins anew with a body framed so, in its place: few bodies have the parts that make this large.
    mutating func begin(_ framing: Framing.Body, limits: HTTPLimits) {
        switch framing {
        case .none: reset()
        case .length(let length):
            reset()
            state = .length(length)
        case .chunked: self = BodyReader(framing, limits: limits)
        }
    }

    /// No body from here on.
    mutating func reset() {
        state = .done
        if decoder != nil { decoder = nil }
        if collector != nil { collector = nil }
        limit = 0
        dropped = 0
    }

    /// Whether its end has been seen.
    var isDone: Bool {
        if case .done = state { return true }
        return false
    }

    /// What is wrong with it.
    var refusal: Refusal? {
        if case .refused(let refusal) = state { return refusal }
        return nil
    }

    /// How many bytes are still to come, as far as that is known.
    var left: Int {
        if case .length(let length) = state { return length }
        return 0
    }

    /// Whether nothing has come of a body of this length.
    func isUntouched(_ length: Int) -> Bool {
        if case .length(length) = state { return collector == nil }
        return false
    }

    /// Whether the bytes are kept for the responder.
    var isKept: Bool { collector != nil }

    /// The bytes are to be kept by this plan.
    mutating func keep(_ plan: BodyPlan, limits: HTTPLimits) {
        limit = plan.limit
        collector = BodyCollector(plan, expected: left > 0 ? left : nil, limits: limits)
    }

    /// The bytes are to be dropped, at most `limit` of them.
    mutating func drop(limit: Int) {
        collector = nil
        self.limit = limit
    }

    /// Takes what belongs to the body; how many bytes that was.
    mutating func take(_ input: Span<UInt8>) -> Int {
        switch state {
        case .done, .refused: return 0
        case .length(let length):
            let taken = min(length, input.count)
            collector?.take(input.extracting(0..<taken))
            state = taken == length ? .done : .length(length - taken)
            refuseWithoutRoom()
            return taken
        case .chunked: return takeChunked(input)
        }
    }

    private mutating func takeChunked(_ input: Span<UInt8>) -> Int {
        // Nothing but bodies framed in chunks get here, and those have a decoder.
        var bytes: [UInt8] = []
        let room = collector.map { limit - $0.count } ?? Int.max
        guard let outcome = decoder?.decode(input, into: &bytes, limit: room) else { return 0 }
        collector?.take(bytes.span)
        if !isKept { dropped += bytes.count }
        defer { refuseWithoutRoom() }
        switch outcome {
        case .needsMore:
            if !isKept, dropped > limit { state = .refused(.bodyTooLarge) }
            return input.count
        case .done(let consumed):
            state = .done
            return consumed
        case .refused(let refusal):
            state = .refused(refusal)
            return input.count
        }
    }

    private mutating func refuseWithoutRoom() {
        if collector?.isOutOfRoom == true { state = .refused(.noRoom) }
    }

    /// The whole body and its trailers, which are then forgotten.
    mutating func finish() -> ReceivedBody {
        let whole = collector?.finish(trailers: decoder?.trailers ?? []) ?? ReceivedBody(Blob([]))
        self = .none
        return whole
    }
}
