// SPDX-License-Identifier: Apache-2.0

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

    /// A clock at one moment.
    public struct Reading: Sendable, Hashable {
        /// What it shows.
        public var now: Timestamp
        /// Whether it stands still.
        public var isFrozen: Bool
        /// Whether it shows what the machine's clock shows.
        public var isMachines: Bool
    }

    /// What may be done to a clock at once, in this order: set, advance, freeze or run.
    public struct Change: Sendable, Hashable {
        /// The moment to show; nil leaves what is shown.
        public var set: Timestamp?
        /// How far to move it on.
        public var advance: Duration = .zero
        /// Whether it is to stand still; nil leaves that as it is.
        public var freeze: Bool?

        /// Nothing is changed, unless said.
        public init(set: Timestamp? = nil, advance: Duration = .zero, freeze: Bool? = nil) {
            self.set = set
            self.advance = advance
            self.freeze = freeze
        }
    }

    /// The moments that a clock may show: the years that AWS's date formats can write.
    public static let range = Timestamp(milliseconds: 0)...Timestamp(seconds: 253_402_300_799)

    private let machine: any WallClock
    private let face: Mutex<Face>
    private let observer = Mutex<(@Sendable () -> Void)?>(nil)

    /// A clock that starts at `start` (now, unless given) by the machine's clock, standing still if `frozen`.
    public init(start: Timestamp? = nil, frozen: Bool = false, machine: any WallClock = SystemClock()) {
        self.machine = machine
        let now = machine.now
        let begin = start ?? now
        self.face = Mutex(frozen ? .frozen(at: begin) : .running(offset: begin - now))
    }

    /// Calls this, on whichever thread that is done, after the clock was set, moved, stopped or let run. One observer.
    public func onChange(_ observer: @escaping @Sendable () -> Void) {
        self.observer.withLock { $0 = observer }
    }

    /// Tells the observer as if the clock had been changed.
    public func stir() {
        observer.withLock { $0 }?()
    }

    /// The sandbox's present moment.
    public var now: Timestamp { reading.now }

    /// What the clock shows, and how it goes.
    public var reading: Reading {
        let now = machine.now
        return face.withLock { Self.reading($0, at: now) }
    }

    /// Whether it shows what the machine's clock shows; neither has to be read for that.
    public var isMachines: Bool {
        face.withLock { if case .running(.zero) = $0 { true } else { false } }
    }

    /// Puts the clock back to where `init` would start it.
    public func reset(start: Timestamp?, frozen: Bool) {
        let now = machine.now
        let begin = start ?? now
        face.withLock { $0 = frozen ? .frozen(at: begin) : .running(offset: begin - now) }
        stir()
    }

    /// Whether a change leaves the clock within `range`.
    public func allows(_ change: Change) -> Bool {
        let moment = change.set ?? now
        return Self.range.contains(moment) && change.advance >= .zero
            && change.advance <= Self.range.upperBound - moment
    }

    /// Changes the clock in one step and gives what it then shows. A change that is not allowed changes nothing.
    @discardableResult public func change(_ change: Change) -> Reading {
        let machineNow = machine.now
        guard allows(change) else { return reading }
        defer { stir() }
        return face.withLock { face in
            let before = Self.reading(face, at: machineNow)
            let shown = (change.set ?? before.now) + change.advance
            face = change.freeze ?? before.isFrozen ? .frozen(at: shown) : .running(offset: shown - machineNow)
            return Self.reading(face, at: machineNow)
        }
    }

    private static func reading(_ face: Face, at now: Timestamp) -> Reading {
        switch face {
        // The usual case first: to add a span takes a division of 128 bits.
        case .running(.zero): Reading(now: now, isFrozen: false, isMachines: true)
        case .running(let offset): Reading(now: now + offset, isFrozen: false, isMachines: false)
        case .frozen(let moment): Reading(now: moment, isFrozen: true, isMachines: false)
        }
    }
}
