// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The state of one service in one sandbox, for all its accounts and regions, and the way to its operations.
///
/// A plain value with one owner, which `World` keeps behind one lock. Operations are synchronous on in-out state and
/// throw only wire errors; one that throws has changed nothing that a client could see.
public protocol FakeService: Sendable {
    /// An operation's work on the state.
    typealias Handler = @Sendable (inout Self, FakeCall) throws(WireError) -> Outcome

    /// botocore's name of the service.
    static var name: String { get }

    /// A service in which nothing has been made yet.
    init(identifiers: IdentifierSource)

    /// The operation of this name; nil where it is not faked, which is what the coverage report counts.
    static func handler(_ operation: String) -> Handler?

    /// What time alone does to the state, up to this moment.
    mutating func advance(to now: Timestamp)

    /// What has come, or will come, since this was last asked: each as often as there may be somebody to wake for it.
    mutating func takeWakes() -> [Wake]

    /// What of the state contradicts itself; nil where all is well. Tests ask after every operation.
    var contradiction: String? { get }
}

/// Identifiers in AWS's forms, repeatable for the same seed, sandbox and order of calls.
public struct IdentifierSource: Sendable {
    private let chance: Chance
    private var position: UInt64 = 0

    /// Identifiers of this service in this sandbox under this seed.
    public init(seed: UInt64, sandbox: String, service: String) {
        chance = Chance(seed: seed, stream: "\(service) of \(sandbox)")
    }

    /// The next 64 bits.
    mutating func bits() -> UInt64 {
        defer { position &+= 1 }
        return chance.bits(at: position)
    }

    /// The next identifier in a UUID's form (RFC 9562, version 4).
    mutating func uuid() -> String {
        UUIDText.version4(bits(), bits())
    }
}
