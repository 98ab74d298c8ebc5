// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario
import Synchronization

/// Tells those who listen at `GET /_awry/events` what happens, each in the order in which it happened.
///
/// One lock around the listeners: an event is put before each of them under it, and they are woken once it is released.
public final class EventHub: Sendable {
    /// What an event is about: the name of its type on the wire.
    public enum Kind: String, Sendable, CaseIterable {
        /// A request was answered, or its connection broke: the journal's entry.
        case request
        /// A sandbox was made or dropped.
        case sandbox
        /// A scenario was loaded or removed.
        case scenario
        /// Ad hoc rules were added or removed.
        case rules
        /// A scenario's state was set.
        case state
        /// A clock was set, moved, stopped or let run.
        case clock
        /// Parts of a sandbox went back to their beginning.
        case reset
    }

    private struct State {
        var listeners: [ObjectIdentifier: EventListener] = [:]
        var told: UInt64 = 0
    }

    /// The sandbox that stands for all of them.
    public static let everywhere = "all"
    /// So many may listen at once.
    static let mostListeners = 64

    private let state = Mutex(State())
    /// Relaxed: who has just begun to listen may miss what happens at this moment.
    private let listening = Atomic<Int>(0)

    /// A hub to which nobody listens.
    public init() {}

    /// Whether anybody listens.
    public var isOn: Bool { listening.load(ordering: .relaxed) > 0 }

    /// Whether one more may listen.
    var hasRoom: Bool { listening.load(ordering: .relaxed) < Self.mostListeners }

    /// Tells what happened in a sandbox, or in all of them.
    public func tell(_ kind: Kind, in sandbox: String, _ fields: @autoclosure () -> Fields) {
        guard isOn else { return }
        var all: Fields = ["sandbox": .string(sandbox)]
        for (name, value) in fields() { all[name] = value }
        let data = JSON.text(.structure(all))
        let wakes = state.withLock { state in
            state.told += 1
            let event = Self.event(kind.rawValue, data, id: state.told)
            return state.listeners.values.filter { $0.hears(sandbox) }.compactMap { $0.put(event) }
        }
        for wake in wakes { wake() }
    }

    /// Tells of a call that has ended.
    public func tell(_ entry: JournalEntry) {
        tell(.request, in: entry.sandbox, entry.value.fields ?? [:])
    }

    /// Takes a listener; false where there are enough.
    func add(_ listener: EventListener) -> Bool {
        state.withLock { state in
            guard state.listeners.count < Self.mostListeners else { return false }
            state.listeners[ObjectIdentifier(listener)] = listener
            listening.store(state.listeners.count, ordering: .relaxed)
            return true
        }
    }

    /// Forgets a listener.
    func remove(_ listener: EventListener) {
        state.withLock { state in
            state.listeners[ObjectIdentifier(listener)] = nil
            listening.store(state.listeners.count, ordering: .relaxed)
        }
    }

    /// An event as it goes over the wire (WHATWG HTML, "Server-sent events"). `data` has no line break.
    static func event(_ type: String, _ data: String, id: UInt64? = nil) -> [UInt8] {
        Array("event: \(type)\n\(id.map { "id: \($0)\n" } ?? "")data: \(data)\n\n".utf8)
    }
}
