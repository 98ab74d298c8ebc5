// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a client gets.
public indirect enum Outcome: Sendable {
    case error(ErrorSpec)
    /// Output members, checked against the model when the file was loaded.
    case respond(TemplatedValue)
    case raw(RawSpec)
    /// A batch that fails in part.
    case entries(EntriesSpec)
    /// A 200 whose body turns out to hold this error.
    case late(ErrorSpec)
    /// The operation is carried out, and answered by this error.
    case lost(ErrorSpec)
    /// A stream of events that breaks.
    case events(EventsSpec)
    /// A broken conversation.
    case connection(ConnectionFault)
    /// The operation is carried out, and then the conversation breaks.
    case lostTo(ConnectionFault)
    case sequence(SequenceSpec)
    /// Straight to the fake, past later rules.
    case pass
}

/// `error:`, resolved for every operation that the rule's match can meet.
public struct ErrorSpec: Sendable {
    /// What was written: a code, or nil where it was a status.
    public var code: String?
    /// `error: throttle`.
    public var isThrottle: Bool
    /// A status given by number, or beside the code.
    public var status: Int?
    /// The message, in place of AWS's usual one.
    public var message: Template?
    /// `Sender` or `Receiver`, in place of the known fault.
    public var fault: Fault?
    /// Members to set on the error.
    public var fields: [(name: String, value: TemplatedValue)]
    /// Whether the code is sent exactly as written.
    public var isVerbatim: Bool
    /// Where it stands.
    public var location: SourceLocation

    /// An error by code (or by status or throttle alone).
    public init(
        code: String?, isThrottle: Bool = false, status: Int? = nil, message: Template? = nil, fault: Fault? = nil,
        fields: [(name: String, value: TemplatedValue)] = [], isVerbatim: Bool = false, location: SourceLocation
    ) {
        self.code = code
        self.isThrottle = isThrottle
        self.status = status
        self.message = message
        self.fault = fault
        self.fields = fields
        self.isVerbatim = isVerbatim
        self.location = location
    }
}

/// `raw:` with its texts still templated.
public enum RawSpec: Sendable {
    /// A header value of nil forbids the transport to add that header.
    case message(status: Int, reason: String?, headers: [(name: String, value: Template?)], body: RawBody)
    case bytes(RawBody, close: Bool)

    /// A body written in the scenario, or read from a file when it was loaded.
    public enum RawBody: Sendable {
        case text(Template)
        case bytes([UInt8])
        /// Large, and the whole body of a message: read while it is sent.
        case file(BodyFile)
    }
}

/// `sequence:` and what comes after its last step.
public struct SequenceSpec: Sendable {
    /// The steps in order; there is at least one.
    public var steps: [Step]
    /// What happens after the last.
    public var then: Then

    /// One step.
    public struct Step: Sendable {
        /// What the client gets; nil is `next`: later rules are asked.
        public var outcome: Outcome?
        /// How many firings it lasts.
        public var times: Int
        /// Modifiers of this step, beside the rule's.
        public var modifiers: ModifierSpec

        /// A step of these parts.
        public init(outcome: Outcome?, times: Int = 1, modifiers: ModifierSpec = ModifierSpec()) {
            self.outcome = outcome
            self.times = times
            self.modifiers = modifiers
        }
    }

    /// What happens after the last step.
    public enum Then: String, Sendable, Hashable, CaseIterable {
        /// The rule is spent; later rules are asked.
        case next
        case pass
        case `repeat`
        case last
    }

    /// A sequence of these steps.
    public init(steps: [Step], then: Then = .next) {
        self.steps = steps
        self.then = then
    }
}

/// Modifiers as written.
public struct ModifierSpec: Sendable {
    /// Before the answer's first byte, after the operation.
    public var delay: DelaySpec?
    /// Before the operation.
    public var delayBefore: DelaySpec?
    /// `Retry-After` and `x-amz-retry-after`.
    public var retryAfter: RetryAfterSpec?
    /// Headers to set (or, nil, to remove).
    public var headers: [(name: String, value: Template?)]
    /// Bytes of the body a second.
    public var bandwidth: Int?
    /// What is damaged.
    public var corrupt: [Corruption] = []
    /// How far the clock that the client sees is ahead.
    public var clockSkew: Duration?

    /// How long.
    public enum DelaySpec: Sendable, Hashable {
        case fixed(Duration)
        case uniform(min: Duration, max: Duration)
        /// Log-normal: its median, and the sigma of its logarithm.
        case logNormal(median: Duration, sigma: Double)
    }

    /// Which of the two headers say what.
    public enum RetryAfterSpec: Sendable, Hashable {
        /// Both: `Retry-After` in whole seconds rounded up, `x-amz-retry-after` in milliseconds.
        case both(Duration)
        case seconds(Int)
        case millis(Int)
        /// `Retry-After` as an HTTP date; `x-amz-retry-after` is the milliseconds until then.
        case date(Timestamp)
    }

    /// No modifiers unless given.
    public init(
        delay: DelaySpec? = nil, delayBefore: DelaySpec? = nil, retryAfter: RetryAfterSpec? = nil,
        headers: [(name: String, value: Template?)] = []
    ) {
        self.delay = delay
        self.delayBefore = delayBefore
        self.retryAfter = retryAfter
        self.headers = headers
    }

    /// Whether they change nothing.
    public var isEmpty: Bool {
        delay == nil && delayBefore == nil && retryAfter == nil && headers.isEmpty && bandwidth == nil
            && corrupt.isEmpty && clockSkew == nil
    }
}
