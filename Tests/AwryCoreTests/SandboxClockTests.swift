// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import AwryCore

/// A machine's clock that a test moves.
final class HandClock: WallClock {
    private let moment: Mutex<Timestamp>

    init(_ moment: Timestamp) {
        self.moment = Mutex(moment)
    }

    var now: Timestamp { moment.withLock { $0 } }

    func advance(_ span: Duration) {
        moment.withLock { $0 = $0 + span }
    }
}

struct SandboxClockTests {
    @Test func runsFromItsStart() {
        let machine = HandClock(Timestamp(seconds: 1000))
        let clock = SandboxClock(start: Timestamp(seconds: 50), machine: machine)
        machine.advance(.seconds(5))
        #expect(clock.now == Timestamp(seconds: 55))
        clock.reset(start: nil, frozen: false)
        #expect(clock.now == machine.now)
    }

    @Test func standsStillWhenFrozen() {
        let machine = HandClock(Timestamp(seconds: 1000))
        let clock = SandboxClock(start: Timestamp(seconds: 50), frozen: true, machine: machine)
        machine.advance(.seconds(5))
        #expect(clock.now == Timestamp(seconds: 50))
    }

    @Test func isSetMovedStoppedAndRunOn() {
        let machine = HandClock(Timestamp(seconds: 1000))
        let clock = SandboxClock(machine: machine)
        #expect(clock.reading.isMachines)
        let moment = Timestamp(seconds: 5000)
        #expect(clock.change(.init(set: moment, advance: .seconds(60), freeze: true)).now == Timestamp(seconds: 5060))
        machine.advance(.seconds(5))
        #expect(clock.now == Timestamp(seconds: 5060))
        clock.change(.init(advance: .seconds(1)))
        #expect(clock.reading == .init(now: Timestamp(seconds: 5061), isFrozen: true, isMachines: false))
        clock.change(.init(freeze: false))
        machine.advance(.seconds(5))
        #expect(clock.reading == .init(now: Timestamp(seconds: 5066), isFrozen: false, isMachines: false))
    }

    @Test func keepsToTheYearsThatCanBeWritten() {
        let clock = SandboxClock(start: Timestamp(seconds: 50), frozen: true)
        for change: SandboxClock.Change in [
            .init(set: Timestamp(seconds: -1)), .init(advance: .seconds(400_000_000_000)), .init(advance: .seconds(-1)),
        ] {
            #expect(!clock.allows(change))
            #expect(clock.change(change).now == Timestamp(seconds: 50))
        }
    }
}
