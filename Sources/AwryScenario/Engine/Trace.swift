// SPDX-License-Identifier: Apache-2.0

/// What asking one rule about one request came to, as it is remembered for `explain`.
struct TraceStep: Sendable {
    enum Result: Sendable {
        case unmet
        case notSelected
        case fired
    }

    /// `CompiledRule.serial`.
    let rule: UInt32
    let result: Result
    /// What kept the rule from firing.
    let condition: Condition?
    /// The request's position among those that the rule counts; 0 where it had none.
    let position: Int

    init(_ rule: CompiledRule, _ verdict: Verdict) {
        self.rule = rule.serial
        switch verdict {
        case .unmet(let condition): (result, self.condition, position) = (.unmet, condition, 0)
        case .notSelected(let condition, let position):
            (result, self.condition, self.position) = (.notSelected, condition, position)
        case .fired(let place): (result, condition, position) = (.fired, nil, place.position)
        }
    }
}

/// Which of the remembered steps belong to one request.
public struct TraceSpan: Sendable, Hashable {
    /// The first step's number, counted since the engine was made.
    var start: UInt64 = 0
    /// How many.
    var count = 0
    /// How many rules there ever were when the request came.
    var rules: UInt32 = 0

    /// No step: nothing was asked.
    public init() {}
}

/// The last steps of all requests. A step costs a few words, and nothing is worked out before somebody asks.
struct TraceRing: Sendable {
    /// About as many as the journal's requests, at three rules for each.
    static let capacity = 32_768

    private var steps: [TraceStep] = []
    /// How many steps there ever were.
    private(set) var written: UInt64 = 0

    mutating func append(_ step: TraceStep) {
        if steps.count < TraceRing.capacity {
            steps.append(step)
        } else {
            steps[Int(written % UInt64(TraceRing.capacity))] = step
        }
        written += 1
    }

    /// The steps of a span in their order; nil where some are forgotten.
    func steps(_ span: TraceSpan) -> [TraceStep]? {
        guard span.count == 0 || written - span.start <= UInt64(TraceRing.capacity) else { return nil }
        return (0..<UInt64(span.count)).map { steps[Int((span.start + $0) % UInt64(TraceRing.capacity))] }
    }

    /// What was written since there were `start` steps, with so many rules made.
    func span(since start: UInt64, rules: UInt32) -> TraceSpan {
        var span = TraceSpan()
        span.start = start
        span.count = Int(written - start)
        span.rules = rules
        return span
    }
}
