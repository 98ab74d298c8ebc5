// SPDX-License-Identifier: Apache-2.0

/// What the scenario engine decided for one request. A value: the pipeline and the transport carry it out.
///
/// One reference, because it is handed on far more often than it is changed.
public struct Effect: Sendable, Equatable {
    /// What answers the request.
    public enum Answer: Sendable, Equatable {
        /// The fake, the stub or the upstream: no rule answers.
        case pass
        /// An AWS error, written as the service's protocol does. Indirect, because an effect is handed on more often
        /// than its error is looked at.
        indirect case error(WireError)
        /// A success with these output members.
        case respond(Fields)
        /// A hand-written HTTP answer.
        case raw(RawAnswer)
        /// Some entries of a batch fail, the others are carried out.
        indirect case entries(FailingEntries)
        /// The operation is carried out; the answer is S3's 200 whose body turns out to hold this error.
        indirect case late(WireError)
        /// The operation is carried out; the client hears of this error in place of the output.
        indirect case lost(WireError)
        /// The operation is carried out, and its stream of events breaks.
        indirect case events(StreamBreak)
        /// A broken conversation; where the fault cuts an answer, that which `pass` would have given.
        case connection(ConnectionFault)
        /// The operation is carried out, and then the conversation breaks.
        case lostTo(ConnectionFault)

        /// Whether the operation is asked: what refuses the request answers then, and the rule has not fired.
        public var asksOperation: Bool {
            switch self {
            case .error, .respond, .raw, .connection: false
            case .pass, .entries, .late, .lost, .events, .lostTo: true
            }
        }

        /// How the conversation breaks, if it does.
        public var fault: ConnectionFault? {
            switch self {
            case .connection(let fault), .lostTo(let fault): fault
            case .pass, .error, .respond, .raw, .entries, .late, .lost, .events: nil
            }
        }
    }

    private final class Parts: Sendable {
        let answer: Answer
        let modifiers: Modifiers
        let decidedBy: String?
        let fired: [String]
        let isUnmodified: Bool

        init(answer: Answer, modifiers: Modifiers, decidedBy: String?, fired: [String]) {
            self.answer = answer
            self.modifiers = modifiers
            self.decidedBy = decidedBy
            self.fired = fired
            isUnmodified = modifiers == Modifiers()
        }

        init(_ parts: Parts, answering answer: Answer) {
            self.answer = answer
            modifiers = parts.modifiers
            decidedBy = parts.decidedBy
            fired = parts.fired
            isUnmodified = parts.isUnmodified
        }
    }

    private let parts: Parts

    /// What answers.
    public var answer: Answer { parts.answer }
    /// What changes about the answer on its way out.
    public var modifiers: Modifiers { parts.modifiers }
    /// Whether nothing changes about it.
    public var isUnmodified: Bool { parts.isUnmodified }
    /// The rule that decided, if one did: `x-awry-rule` carries it.
    public var decidedBy: String? { parts.decidedBy }
    /// Every rule that fired, in the order asked; more than one when rules without an outcome added modifiers.
    public var fired: [String] { parts.fired }

    /// An effect; without arguments the request goes untouched to what would answer it anyway.
    public init(
        answer: Answer = .pass, modifiers: Modifiers = Modifiers(), decidedBy: String? = nil, fired: [String] = []
    ) {
        parts = Parts(answer: answer, modifiers: modifiers, decidedBy: decidedBy, fired: fired)
    }

    /// Nothing fired.
    public static let none = Effect()

    /// The same with another answer.
    public func answering(_ answer: Answer) -> Effect {
        Effect(Parts(parts, answering: answer))
    }

    private init(_ parts: Parts) {
        self.parts = parts
    }

    /// Whether both say the same.
    public static func == (left: Effect, right: Effect) -> Bool {
        left.parts === right.parts
            || left.answer == right.answer && left.modifiers == right.modifiers && left.decidedBy == right.decidedBy
                && left.fired == right.fired
    }
}

/// The entries of a batch that fail.
public struct FailingEntries: Sendable, Equatable {
    /// Their positions in the request, from 0 up.
    public var positions: [Int]
    /// What each of them fails with.
    public var error: WireError

    /// The entries in these positions, failing so.
    public init(positions: [Int], error: WireError) {
        self.positions = positions
        self.error = error
    }
}

/// What changes about an answer on its way out.
public struct Modifiers: Sendable, Equatable {
    /// How long to wait before the operation is carried out.
    public var delayBefore: Duration
    /// How long to wait before the answer's first byte, after the operation was carried out.
    public var delay: Duration
    /// Headers to set, or (nil) to remove; names compare without case.
    public var headers: [HeaderChange]
    /// How many bytes of the body go out in a second; 0 where that is not limited.
    public var bandwidth = 0
    /// What is damaged.
    public var corrupt: [Corruption] = []
    /// How far the clock that the client sees is ahead of the true one.
    public var clockSkew = Duration.zero

    /// No modifiers unless given.
    public init(delayBefore: Duration = .zero, delay: Duration = .zero, headers: [HeaderChange] = []) {
        self.delayBefore = delayBefore
        self.delay = delay
        self.headers = headers
    }

    /// Adds what another rule says of the wire: the lowest bandwidth holds, every damage is done, and of two skews the
    /// one that was there first.
    public mutating func add(bandwidth: Int?, corrupt: [Corruption], clockSkew: Duration?) {
        if let bandwidth { self.bandwidth = self.bandwidth == 0 ? bandwidth : min(self.bandwidth, bandwidth) }
        for damage in corrupt where !self.corrupt.contains(damage) { self.corrupt.append(damage) }
        if let clockSkew, self.clockSkew == .zero { self.clockSkew = clockSkew }
    }
}

/// A header to set on the answer, or to take away from it.
public struct HeaderChange: Sendable, Equatable {
    /// The header's name.
    public var name: String
    /// Its new value; nil removes the header.
    public var value: String?

    /// Sets `name` to `value`, or removes it.
    public init(_ name: String, _ value: String?) {
        self.name = name
        self.value = value
    }
}

/// An answer that a scenario wrote by hand: `raw:`.
public enum RawAnswer: Sendable, Equatable {
    /// A status line, headers as written (order, case and repeats kept) and a body. Content-Length and Date are added
    /// unless they are among the headers or in `omitted`.
    case message(status: Int, reason: String?, headers: [Header], omitted: [String], body: [UInt8])
    /// The same with a file's contents as the body.
    indirect case file(status: Int, reason: String?, headers: [Header], omitted: [String], file: BodyFile)
    /// Exactly these bytes, and then the connection is closed or kept.
    case bytes([UInt8], close: Bool)
}
