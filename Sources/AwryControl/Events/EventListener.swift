// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Dispatch
import Synchronization

/// One client of `GET /_awry/events`: what it has still to get, within bounds.
final class EventListener: StreamSource {
    private struct State {
        var waiting = Array(": listening\n\n".utf8)
        /// How many events there was no room for.
        var lost = 0
        /// Called once there is something to take again.
        var wake: (@Sendable () -> Void)?
        var isOver = false
    }

    /// How much may wait for a client that is slow, beside what its connection holds, in bytes.
    static let mostWaiting = 1 << 20
    /// A comment goes out so often, so that proxies keep the connection and a client that is gone is noticed.
    static let heartbeat = Duration.seconds(15)

    private let hub: EventHub
    private let sandbox: String
    private let pause: Duration
    private let state = Mutex(State())

    /// A client that wants to hear of this sandbox, or of all of them.
    init(_ hub: EventHub, sandbox: String, heartbeat: Duration = EventListener.heartbeat) {
        self.hub = hub
        self.sandbox = sandbox
        pause = heartbeat
    }

    /// Whether what happens in a sandbox is for it.
    func hears(_ name: String) -> Bool {
        sandbox == EventHub.everywhere || name == EventHub.everywhere || name == sandbox
    }

    /// Keeps an event for it; gives who is to be woken.
    func put(_ event: [UInt8]) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.waiting.count + event.count <= Self.mostWaiting else {
                state.lost += 1
                return nil
            }
            defer { state.waiting += event }
            return state.waiting.isEmpty ? state.wake : nil
        }
    }

    func begin(wake: @escaping @Sendable () -> Void) {
        state.withLock { $0.wake = wake }
        guard hub.add(self) else { return state.withLock { $0.isOver = true } }
        beat()
    }

    func take() -> [UInt8]? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            var taken = state.waiting
            state.waiting = []
            if state.lost > 0 {
                taken += EventHub.event("dropped", "{\"events\":\(state.lost)}")
                state.lost = 0
            }
            return taken
        }
    }

    func ended() {
        hub.remove(self)
        state.withLock { state in
            state.isOver = true
            state.waiting = []
            state.wake = nil
        }
    }

    private func beat() {
        let nanoseconds = Int(min(pause.nanoseconds, 1 << 52))
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { [weak self] in
            guard let self else { return }
            let (isOver, isQuiet) = state.withLock { ($0.isOver, $0.waiting.isEmpty) }
            guard !isOver else { return }
            if isQuiet { put(Array(":\n\n".utf8))?() }
            beat()
        }
    }
}
