// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// A sandbox's own clock: it may be set, stopped and moved, and rules what the sandbox made or promised.
///
/// One lock holds its whole state; reading it costs the machine's clock and the lock.
public final class SandboxClock: WallClock {
    private enum Face {
        /// So far from the machine's clock.
        case running(offset: Duration)
        case frozen(at: Timestamp)
    }

    private let machine: any WallClock
    private let face: Mutex<Face>

    /// A clock that starts at `start` (now, unless given) by the machine's clock, standing still if `frozen`.
    public init(start: Timestamp? = nil, frozen: Bool = false, machine: any WallClock = SystemClock()) {
        self.machine = machine
        let now = machine.now
        let begin = start ?? now
        self.face = Mutex(frozen ? .frozen(at: begin) : .running(offset: begin - now))
    }

    /// The sandbox's present moment.
    public var now: Timestamp {
        face.withLock { face in
            switch face {
            case .running(let offset): machine.now + offset
            case .frozen(let moment): moment
            }
        }
    }

    /// Puts the clock back to where `init` would start it.
    public func reset(start: Timestamp?, frozen: Bool) {
        let now = machine.now
        let begin = start ?? now
        face.withLock { $0 = frozen ? .frozen(at: begin) : .running(offset: begin - now) }
    }
}
