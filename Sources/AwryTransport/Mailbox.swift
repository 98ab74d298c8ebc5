// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import CLinux
import Glibc
import Synchronization

/// How other threads reach a shard's loop. A message is a value in a list; the loop is woken by its eventfd, and only
/// when it sleeps.
final class Mailbox: Sendable {
    enum Message: Sendable {
        /// An answer that was promised.
        case answer(Reply, ExchangeID)
        /// A source has something for this exchange.
        case stir(ExchangeID)
        /// Stop, and be done by this moment on the monotonic clock.
        case stop(deadline: UInt64)
    }

    private struct State {
        var messages: [Message] = []
        var sleeps = false
        var closed = false
    }

    /// Becomes readable when there are messages. Watched edge-triggered, so nobody needs to read it.
    let descriptor: Int32
    private let state = Mutex(State())

    init() throws(ListenError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        if descriptor < 0 { throw .system(call: "eventfd", errno: errno) }
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Puts a message in the list, from any thread; false if the loop has ended.
    func post(_ message: Message) -> Bool {
        let (taken, wakes) = state.withLock { state in
            if state.closed { return (false, false) }
            state.messages.append(message)
            let wakes = state.sleeps
            state.sleeps = false
            return (true, wakes)
        }
        if wakes {
            // It can only fail when the count is full, and then the loop is woken already.
            _ = eventfd_write(descriptor, 1)
        }
        return taken
    }

    /// The loop takes the messages; if there are none it is taken to sleep from now on.
    func takeBeforeSleep() -> [Message] {
        state.withLock { state in
            if state.messages.isEmpty {
                state.sleeps = true
                return []
            }
            let taken = state.messages
            state.messages = []
            return taken
        }
    }

    /// The loop is awake: messages need not wake it.
    func awake() {
        state.withLock { $0.sleeps = false }
    }

    /// The loop has ended: the messages that nobody will look at.
    func close() -> [Message] {
        state.withLock { state in
            state.closed = true
            let left = state.messages
            state.messages = []
            return left
        }
    }
}
