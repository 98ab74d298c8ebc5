// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Work that takes long and needs none of the state: to hash gigabytes, to search an object. It is done with no lock
/// held and off the loops; then the same call is asked again, with it as `FakeCall.worked`.
public final class Work: Sendable, Equatable {
    private let task: @Sendable () -> any Sendable
    private let done = Mutex<(any Sendable)?>(nil)

    /// This work, which must hold all that it needs.
    init(_ task: @escaping @Sendable () -> any Sendable) {
        self.task = task
    }

    /// What it gave; nil before it was done.
    var result: (any Sendable)? { done.withLock { $0 } }

    /// Does the work.
    public func run() {
        let result = task()
        done.withLock { $0 = result }
    }

    /// Whether both are the same piece of work.
    public static func == (left: Work, right: Work) -> Bool { left === right }
}
