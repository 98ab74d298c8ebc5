// SPDX-License-Identifier: Apache-2.0

/// Which attempt of which call a request is.
public struct CallAttempt: Sendable, Hashable {
    /// The SDK's invocation id, or one that the tracker made up (`call-7`) for requests that carry none.
    public var call: String
    /// Counted from 1.
    public var number: Int

    /// An attempt of a call.
    public init(call: String, number: Int) {
        self.call = call
        self.number = number
    }

    /// What the tracker knows the call by that carries no SDK's invocation id.
    var likeness: CallTracker.Likeness?

    /// Whether an answer can end the call; an SDK's invocation id ends it by changing.
    var isOpenEnded: Bool { likeness != nil }
}

/// Groups requests into calls, as an SDK's user sees them. Not safe for threads: the engine's lock is around it.
struct CallTracker: Sendable {
    /// What tells calls apart.
    enum Key: Sendable, Hashable {
        case invocation(String)
        case likeness(Likeness)
    }

    /// 128 bits over access key, User-Agent, method, path, query and body hash.
    struct Likeness: Sendable, Hashable {
        let first: Int
        let second: Int
    }

    private struct Call: Sendable {
        var name: String
        var requests = 0
        var last: UInt64
    }

    /// Without an SDK's header: how long after its last request a like one is still the same call.
    static let quiet: UInt64 = 60 * 1_000_000_000
    /// How long a call is remembered after its last request.
    static let memory: UInt64 = 600 * 1_000_000_000
    /// Invocation ids are UUIDs; what is longer is not stored as it came.
    private static let longestName = 128

    private var calls: RecencyTable<Key, Call>
    private var made = 0

    /// A tracker that remembers at most so many calls.
    init(capacity: Int = 100_000) {
        calls = RecencyTable(capacity: capacity)
    }

    /// How many calls are remembered.
    var count: Int { calls.count }

    /// Counts a request. Times are the monotonic clock's nanoseconds.
    mutating func seen(_ facts: RequestFacts) -> CallAttempt {
        let now = facts.arrived
        forget(before: now)
        let key = CallTracker.key(of: facts)
        let nextName = made + 1
        var named = false
        var evicted = false
        func fresh() -> Call {
            if case .invocation(let id) = key { return Call(name: id, last: now) }
            named = true
            return Call(name: "call-\(nextName)", last: now)
        }
        var attempt = calls.use(key, fresh: fresh(), evicted: &evicted) { call in
            if case .likeness = key, now > call.last, now - call.last > CallTracker.quiet { call = fresh() }
            call.requests += 1
            call.last = max(call.last, now)
            return CallAttempt(call: call.name, number: call.requests)
        }
        if named { made = nextName }
        // Only an SDK knows which attempt it is; the count would be wrong where attempts never arrived.
        switch key {
        case .invocation: if let said = facts.sdkAttempt { attempt.number = said }
        case .likeness(let likeness): attempt.likeness = likeness
        }
        return attempt
    }

    /// Notes how a request ended: a call without an SDK's headers is over once it was answered well and whole.
    mutating func answered(_ attempt: CallAttempt, status: Int, whole: Bool, at now: UInt64) {
        guard let key = attempt.likeness.map(Key.likeness), let call = calls.peek(key), call.name == attempt.call
        else { return }
        if whole, status < 400 {
            calls.remove(key)
        } else {
            var evicted = false
            calls.use(key, fresh: call, evicted: &evicted) { $0.last = max($0.last, now) }
        }
    }

    /// The entries are in the order of their last use, so that only those that go are looked at.
    private mutating func forget(before now: UInt64) {
        while let call = calls.oldestElement, now > call.last, now - call.last > CallTracker.memory {
            calls.removeOldest()
        }
    }

    private static func key(of facts: RequestFacts) -> Key {
        if let id = facts.invocation, !id.isEmpty {
            if id.utf8.count <= longestName { return .invocation(id) }
            var hasher = Hasher()
            hasher.combine(id)
            return .invocation("long-" + String(UInt(bitPattern: hasher.finalize()), radix: 16))
        }
        var first = Hasher()
        first.combine(facts.origin.accessKey)
        first.combine(facts.origin.userAgent)
        first.combine(facts.origin.method)
        first.combine(facts.origin.path)
        first.combine(facts.raw.query)
        first.combine(facts.raw.bodyHash)
        var second = first
        second.combine(1 as UInt8)
        return .likeness(Likeness(first: first.finalize(), second: second.finalize()))
    }
}
