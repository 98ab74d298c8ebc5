// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Synchronization

/// The fakes of one sandbox. One lock for each service; never two at once, except by the order of `Others`.
public final class World: Sendable {
    /// The services that have a fake: a new one goes here, and into a folder of its own.
    static let services: [any FakeService.Type] = [SQS.self]

    private static let types: [String: any FakeService.Type] = Dictionary(
        uniqueKeysWithValues: services.map { ($0.name, $0) })

    /// What its services would have sent to people.
    public let outbox = Outbox()
    private let cells: [String: any ServiceCell]

    /// A world in which nothing has been made yet; identifiers follow the seed and the sandbox's name.
    public init(seed: UInt64, sandbox: String) {
        cells = World.types.mapValues { World.cell($0, seed, sandbox) }
    }

    private static func cell<Fake: FakeService>(
        _ type: Fake.Type, _ seed: UInt64, _ sandbox: String
    ) -> any ServiceCell {
        Cell<Fake>(IdentifierSource(seed: seed, sandbox: sandbox, service: Fake.name))
    }

    /// Whether a fake answers this operation.
    public static func knows(_ service: Service, _ operation: Operation) -> Bool {
        types[service.name].map { $0.knows(operation.name) } ?? false
    }

    /// What a call came to, and what it woke.
    public struct Result: Sendable {
        /// What the operation gave, or threw.
        public var outcome: Swift.Result<Outcome, WireError>
        /// What came for those who wait, in this fake and in those that it called, once for each waiter that may be
        /// woken.
        public var wakes: [Wake]
    }

    /// Carries a call out; nil where the operation has no fake.
    ///
    /// `park` is called for a call that has to wait, before anybody else can change what it waits for: it must not wait
    /// itself, nor call back.
    public func perform(_ call: FakeCall, park: (Wait) -> Void = { _ in }) -> Result? {
        guard let cell = cells[call.service.name] else { return nil }
        var call = call
        call.outbox = outbox
        guard Others.canCall(call.service.name) else { return cell.perform(call, park) }
        let reach = Reach(world: self, wakes: CollectedWakes())
        call.reach = reach
        var result = cell.perform(call, park)
        result?.wakes += reach.wakes.take()
        return result
    }

    /// Carries out a call of another fake, which has its reach from that one's call. It never waits.
    func performInner(_ call: FakeCall) -> Result? {
        cells[call.service.name]?.perform(call) { _ in }
    }

    /// Empties every fake, and the outbox.
    public func reset() {
        outbox.clear()
        for cell in cells.values { cell.reset() }
    }
}

extension FakeService {
    fileprivate static func knows(_ operation: String) -> Bool { handler(operation) != nil }
}

/// A service behind its lock.
private protocol ServiceCell: Sendable {
    func perform(_ call: FakeCall, _ park: (Wait) -> Void) -> World.Result?
    func reset()
}

private final class Cell<Fake: FakeService>: ServiceCell {
    private let identifiers: IdentifierSource
    private let state: Mutex<Fake>

    init(_ identifiers: IdentifierSource) {
        self.identifiers = identifiers
        state = Mutex(Fake(identifiers: identifiers))
    }

    func perform(_ call: FakeCall, _ park: (Wait) -> Void) -> World.Result? {
        guard let handler = Fake.handler(call.operation.name) else { return nil }
        return state.withLock { state in
            state.advance(to: call.now)
            let outcome = Result { () throws(WireError) in try handler(&state, call) }
            if case .success(.wait(let wait)) = outcome { park(wait) }
            return World.Result(outcome: outcome, wakes: state.takeWakes())
        }
    }

    func reset() {
        let fresh = Fake(identifiers: identifiers)
        state.withLock { $0 = fresh }
    }
}
