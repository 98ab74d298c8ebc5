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

    /// All names under which it is called: its own, and those of services that share its state.
    static var names: [String] { get }

    /// A service in which nothing has been made yet.
    init(identifiers: IdentifierSource)

    /// The operation of this name; nil where it is not faked, which is what the coverage report counts.
    static func handler(_ operation: String) -> Handler?

    /// Behaves from now on as a scenario's `options` say.
    mutating func configure(_ options: WorldOptions)

    /// What time alone does to the state, up to this moment.
    mutating func advance(to now: Timestamp)

    /// What is left to do when an operation is over, done or refused, and the lock still held: other fakes are told of
    /// what happened.
    mutating func settle(_ call: FakeCall)

    /// What has come, or will come, since this was last asked: each as often as there may be somebody to wake for it.
    mutating func takeWakes() -> [Wake]

    /// What each record of a call is counted by where quotas hold for each shard, in the order of the records; or one
    /// for the call itself. None where the service has nothing of the kind, or the call names nothing that is there.
    mutating func quotaScopes(of call: FakeCall) -> [QuotaScope]

    /// What of the state contradicts itself; nil where all is well. Tests ask after every operation.
    var contradiction: String? { get }
}

extension FakeService {
    /// One service, one state.
    public static var names: [String] { [name] }

    /// Nothing is left.
    public mutating func settle(_ call: FakeCall) {}

    /// Most fakes have no options.
    mutating func configure(_ options: WorldOptions) {}

    /// None.
    public mutating func quotaScopes(of call: FakeCall) -> [QuotaScope] { [] }
}

/// What has a quota of its own: a stream's shard.
public struct QuotaScope: Sendable, Hashable {
    /// Tells it from all others.
    public var key: String
    /// As errors call it: `shardId-000000000001`.
    public var name: String
}

/// Identifiers in AWS's forms, repeatable for the same seed, sandbox and order of calls.
public struct IdentifierSource: Sendable {
    private let chance: Chance
    private var position: UInt64 = 0
    /// By what identifiers tell their sandbox.
    let mark: UInt32

    /// Identifiers of this service in this sandbox under this seed.
    public init(seed: UInt64, sandbox: String, service: String) {
        chance = Chance(seed: seed, stream: "\(service) of \(sandbox)")
        mark = SandboxMark.of(sandbox)
    }

    private init(_ chance: Chance, mark: UInt32) {
        self.chance = chance
        self.mark = mark
    }

    /// Identifiers of a part, which do not depend on what other parts make.
    func part(_ name: String) -> IdentifierSource {
        IdentifierSource(Chance(seed: chance.bits(at: .max), stream: name), mark: mark)
    }

    /// The next 64 bits.
    mutating func bits() -> UInt64 {
        defer { position &+= 1 }
        return chance.bits(at: position)
    }

    /// So many letters of an alphabet.
    mutating func letters(_ count: Int, of alphabet: StaticString) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(count)
        while text.count < count {
            let bits = bits()
            for draw in 0..<min(8, count - text.count) {
                let index = Int(bits >> (8 * UInt64(draw)) & 0xFF) % alphabet.utf8CodeUnitCount
                text.append(alphabet.utf8Start[index])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A generator of its own for what this says, which takes nothing from the identifiers.
    func chance(of stream: String) -> Chance {
        Chance(seed: chance.bits(at: .max), stream: stream)
    }

    /// The next identifier in a UUID's form (RFC 9562, version 4).
    mutating func uuid() -> String {
        UUIDText.version4(bits(), bits())
    }
}
