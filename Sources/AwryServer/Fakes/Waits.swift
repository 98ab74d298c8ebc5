// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryServices
import Dispatch
import Synchronization

/// A call that waits for something in its sandbox's fakes.
struct WaitingCall: Sendable {
    /// Where its answer goes.
    let exchange: ExchangeID
    let decided: DecidedCall
    let input: Fields
    /// When it was first asked, by the sandbox's clock.
    let since: Timestamp
    /// When the machine's monotonic clock ends its wait, in nanoseconds.
    let machineEnd: UInt64
    /// Its place among those who wait: who came first is woken first, however often it was asked in between.
    let number: UInt64
    /// The work that it asked for, done, if it did.
    var worked: Work?
    /// What goes on with its answer, if that has begun and only its next part is waited for.
    var feed: EventFeed?
}

/// The calls of one sandbox that wait, by what they wait for.
///
/// One lock around plain values. It may be taken while a fake's lock is held, never the other way round: whoever takes
/// a call out asks the fake after the lock is released.
final class Waits: Sendable {
    private struct State {
        /// By topic, oldest first.
        var queues: [String: [UInt64: WaitingCall]] = [:]
        var order: [String: [UInt64]] = [:]
        var topics: [ExchangeID: (topic: String, number: UInt64)] = [:]
        var next: UInt64 = 0
        /// The earliest moment at which a topic will be looked at anyway, on the monotonic clock.
        var alarms: [String: UInt64] = [:]
    }

    private let state = Mutex(State())
    /// Alarms go off here, and not on the loops.
    private static let timers = DispatchQueue(label: "awry.waits", qos: .userInitiated)

    /// A place behind all that wait now.
    func nextNumber() -> UInt64 {
        state.withLock { state in
            state.next += 1
            return state.next
        }
    }

    /// Lets a call wait for a topic.
    func park(_ call: WaitingCall, for topic: String) {
        state.withLock { state in
            state.queues[topic, default: [:]][call.number] = call
            let order = state.order[topic] ?? []
            // Numbers grow, so all but those that were asked in between go to the end.
            let place =
                order.last.map { $0 < call.number } != false ? order.count : order.firstIndex { $0 > call.number }
            state.order[topic, default: []].insert(call.number, at: place ?? order.count)
            state.topics[call.exchange] = (topic, call.number)
        }
    }

    /// Takes out the call that has waited longest for a topic.
    func takeFirst(of topic: String) -> WaitingCall? {
        state.withLock { state in
            guard let number = state.order[topic]?.first else { return nil }
            return Self.remove(number, of: topic, &state)
        }
    }

    /// Takes out one call, if it waits.
    func take(_ exchange: ExchangeID) -> WaitingCall? {
        state.withLock { state in
            guard let place = state.topics[exchange] else { return nil }
            return Self.remove(place.number, of: place.topic, &state)
        }
    }

    /// Takes out all calls, oldest first.
    func takeAll() -> [WaitingCall] {
        state.withLock { state in
            defer { state = State(next: state.next) }
            return state.queues.values.flatMap(\.values).sorted { $0.number < $1.number }
        }
    }

    private static func remove(_ number: UInt64, of topic: String, _ state: inout State) -> WaitingCall? {
        guard let call = state.queues[topic]?.removeValue(forKey: number) else { return nil }
        state.topics[call.exchange] = nil
        if state.queues[topic]?.isEmpty == true {
            state.queues[topic] = nil
            state.order[topic] = nil
        } else if let index = state.order[topic]?.firstIndex(of: number) {
            state.order[topic]?.remove(at: index)
        }
        return call
    }

    /// Calls `ring` once a topic for which somebody waits is due, unless it is looked at earlier anyway.
    func alarm(_ topic: String, after span: Duration, _ ring: @escaping @Sendable () -> Void) {
        let moment = Monotonic.now &+ max(span, .zero).nanoseconds
        let isNeeded = state.withLock { state in
            guard state.queues[topic] != nil, state.alarms[topic].map({ $0 > moment }) ?? true else { return false }
            state.alarms[topic] = moment
            return true
        }
        guard isNeeded else { return }
        Self.after(span) { [weak self] in
            self?.state.withLock { state in
                if state.alarms[topic].map({ $0 <= moment }) ?? false { state.alarms[topic] = nil }
            }
            ring()
        }
    }

    /// Runs something once so long a time has passed.
    static func after(_ span: Duration, _ work: @escaping @Sendable () -> Void) {
        // A millisecond more, since the clock that is asked then counts whole ones.
        let nanoseconds = min(max(span, .zero).nanoseconds &+ 1_000_000, UInt64(1) << 52)
        timers.asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) { work() }
    }
}
