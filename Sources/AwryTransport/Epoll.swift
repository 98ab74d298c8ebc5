// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// An epoll descriptor, level-triggered. What it watches is named by a slot and a generation, so that an event for a
/// descriptor's earlier owner is known as such.
struct Epoll: ~Copyable {
    struct Interest: OptionSet {
        let rawValue: UInt32
        static let input = Interest(rawValue: EPOLLIN.rawValue)
        static let output = Interest(rawValue: EPOLLOUT.rawValue)
        static let edge = Interest(rawValue: EPOLLET.rawValue)
        /// The connection broke, or both ends have ended; told without being asked for.
        static let broken = Interest(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
    }

    struct Event {
        let slot: Int32
        let generation: UInt32
        let interest: Interest
    }

    private let descriptor: Int32
    private var events: [epoll_event]

    /// A new epoll descriptor, which is to be owned by one `Epoll`.
    static func open() throws(ListenError) -> Int32 {
        let descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        if descriptor < 0 { throw .system(call: "epoll_create1", errno: errno) }
        return descriptor
    }

    init(owning descriptor: Int32) {
        self.descriptor = descriptor
        events = [epoll_event](repeating: epoll_event(), count: 512)
    }

    deinit {
        close(descriptor)
    }

    func add(_ slot: Int32, _ generation: UInt32, _ interest: Interest) -> Bool {
        control(EPOLL_CTL_ADD, slot, generation, interest)
    }

    func change(_ slot: Int32, _ generation: UInt32, _ interest: Interest) {
        _ = control(EPOLL_CTL_MOD, slot, generation, interest)
    }

    func remove(_ slot: Int32) {
        _ = control(EPOLL_CTL_DEL, slot, 0, [])
    }

    /// Waits for events, at most `milliseconds` (-1: for ever); how many there are.
    mutating func wait(milliseconds: Int32) -> Int {
        let count = epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
        return max(Int(count), 0)
    }

    /// The event at `index` of the last wait.
    func event(_ index: Int) -> Event {
        let event = events[index]
        return Event(
            slot: Int32(truncatingIfNeeded: event.data.u64),
            generation: UInt32(truncatingIfNeeded: event.data.u64 >> 32),
            interest: Interest(rawValue: event.events))
    }

    private func control(_ operation: Int32, _ slot: Int32, _ generation: UInt32, _ interest: Interest) -> Bool {
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: slot))
        return epoll_ctl(descriptor, operation, slot, &event) == 0
    }
}
