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
    private var bytes: [UInt8] = []
    private var limit = 0
    private var dropped = 0
    /// Whether the bytes are kept for the responder.
    private(set) var isKept = false

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

    /// The bytes are to be kept, at most `limit` of them.
    mutating func keep(limit: Int) {
        isKept = true
        self.limit = limit
        // Memory that is not touched costs nothing, but a promise of gigabytes is not taken at its word.
        if case .length(let length) = state { bytes.reserveCapacity(min(length, 64 << 20)) }
    }

    /// The bytes are to be dropped, at most `limit` of them.
    mutating func drop(limit: Int) {
        isKept = false
        self.limit = limit
    }

    /// Takes what belongs to the body; how many bytes that was.
    mutating func take(_ input: Span<UInt8>) -> Int {
        switch state {
        case .done, .refused: return 0
        case .length(let length):
            let taken = min(length, input.count)
            if isKept { input.extracting(0..<taken).withUnsafeBufferPointer { bytes.append(contentsOf: $0) } }
            state = taken == length ? .done : .length(length - taken)
            return taken
        case .chunked: return takeChunked(input)
        }
    }

    private mutating func takeChunked(_ input: Span<UInt8>) -> Int {
        // Nothing but bodies framed in chunks get here, and those have a decoder.
        guard let outcome = decoder?.decode(input, into: &bytes, limit: isKept ? limit : Int.max) else { return 0 }
        if !isKept {
            dropped += bytes.count
            bytes.removeAll(keepingCapacity: true)
        }
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

    /// The whole body and its trailers, which are then forgotten.
    mutating func finish() -> ([UInt8], [Header]) {
        let trailers = decoder?.trailers ?? []
        let whole = bytes
        self = .none
        return (whole, trailers)
    }
}
