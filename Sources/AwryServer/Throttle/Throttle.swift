// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryScenario
import Synchronization

/// What the quotas make of a call.
enum Admission: Equatable {
    /// All of it goes on.
    case whole
    /// Nothing of it does.
    case refused
    /// The records at these indices are refused; the others go on.
    case without([Int])
}

/// A sandbox's quotas: a token bucket for each thing that AWS limits, by the sandbox's clock.
///
/// All of its state is behind one lock, which is held while one call is judged, so that two calls never share a token.
final class Throttle: Sendable {
    fileprivate struct Limit {
        let quota: Quota
        let rate: Double
        let burst: Double
        /// Where it is another, with as much at once.
        var regional: [String: Double] = [:]

        func bucket(in region: String, at now: Timestamp) -> TokenBucket {
            guard let own = regional[region] else { return TokenBucket(rate: rate, burst: burst, at: now) }
            return TokenBucket(rate: own, burst: own, at: now)
        }
    }

    fileprivate struct State {
        var selection = QuotaSelection(defaults: false)
        /// The limits of the operations that were called.
        var limits: [ObjectIdentifier: [Limit]] = [:]
        var buckets: [QuotaKey: TokenBucket] = [:]
    }

    /// Streams and prefixes are the client's to name; a bucket that is full is as good as none.
    fileprivate static let mostBuckets = 100_000

    private let state = Mutex(State())
    /// Read for every call that reaches its operation; the lock, the clock and the call's figures only if it says so.
    private let hasLimits = Atomic<Bool>(false)

    /// Whether any quota holds.
    var isOn: Bool { hasLimits.load(ordering: .relaxed) }

    /// Says which quotas hold from now on; where that changes anything, buckets begin full.
    func configure(_ selection: QuotaSelection) {
        state.withLock { state in
            guard selection != state.selection else { return }
            state = State(selection: selection)
            hasLimits.store(selection.limitsAnything, ordering: .relaxed)
        }
    }

    /// Fills all buckets.
    func reset() {
        state.withLock { $0.buckets = [:] }
    }

    /// Takes what a call costs, if there is enough of everything; for a batch, record by record.
    func admit(_ call: QuotaCall, at now: Timestamp) -> Admission {
        state.withLock { state in
            let limits = state.limits(of: call)
            if limits.isEmpty { return .whole }
            state.makeRoom(at: now)
            let (records, requests) = (limits.filter(\.countsRecords), limits.filter { !$0.countsRecords })
            let draws = requests.flatMap { limit in call.keys(of: limit.quota).map { (limit, $0) } }
            guard draws.allSatisfy({ state.holds($0.0, $0.1, 1, at: now) }) else { return .refused }
            for (limit, key) in draws where limit.quota.cost == .requests { state.buckets[key]?.spend(1) }
            return records.isEmpty ? .whole : state.admit(call, by: records, at: now)
        }
    }

    /// How many buckets are remembered.
    var bucketCount: Int { state.withLock { $0.buckets.count } }

    /// Counts what was read against the next reading.
    func spend(answer: Fields, of call: QuotaCall) {
        state.withLock { state in
            for limit in state.limits(of: call) where limit.quota.cost == .answerBytes {
                state.buckets[call.key(of: limit.quota)]?.spend(QuotaCall.recordBytes(of: answer))
            }
        }
    }
}

extension Throttle.Limit {
    fileprivate var countsRecords: Bool { quota.cost == .records || quota.cost == .recordBytes }
}

extension Throttle.State {
    /// The limits that hold for a call's operation, worked out once.
    fileprivate mutating func limits(of call: QuotaCall) -> [Throttle.Limit] {
        guard selection.limitsAnything else { return [] }
        let id = ObjectIdentifier(call.operation)
        let limits =
            self.limits[id]
            ?? Quota.all.filter { $0.service == call.service && $0.covers(call.operation) }.compactMap { quota in
                if let rate = selection.rates[quota.name] { return .init(quota: quota, rate: rate, burst: rate) }
                guard selection.defaults, let rate = quota.rate else { return nil }
                return .init(
                    quota: quota, rate: rate, burst: quota.burst ?? rate, regional: quota.regionalRates)
            }
        self.limits[id] = limits
        return limits.filter { call.isWithin($0.quota) }
    }

    /// A batch's records are judged one by one, in their order: those that find no room fail, and cost nothing.
    fileprivate mutating func admit(
        _ call: QuotaCall, by limits: [Throttle.Limit], at now: Timestamp
    ) -> Admission {
        var failing: [Int] = []
        for (index, record) in call.records.enumerated() {
            let costs = limits.map { limit in
                (limit, call.key(of: limit.quota, record: index), QuotaCall.cost(limit.quota.cost, of: record))
            }
            if costs.allSatisfy({ holds($0.0, $0.1, $0.2, at: now) }) {
                for (_, key, cost) in costs { buckets[key]?.spend(cost) }
            } else {
                failing.append(index)
            }
        }
        if failing.isEmpty { return .whole }
        return call.isBatch ? .without(failing) : .refused
    }

    fileprivate mutating func holds(
        _ limit: Throttle.Limit, _ key: QuotaKey, _ cost: Double, at now: Timestamp
    ) -> Bool {
        buckets[key, default: limit.bucket(in: key.region, at: now)].holds(cost, at: now)
    }

    /// Forgets the buckets that have filled up again; if none has, all.
    fileprivate mutating func makeRoom(at now: Timestamp) {
        guard buckets.count >= Throttle.mostBuckets else { return }
        for key in buckets.keys where buckets[key]?.isFull(at: now) == true { buckets[key] = nil }
        if buckets.count >= Throttle.mostBuckets { buckets = [:] }
    }
}
