// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Synchronization

/// The fakes of one sandbox. One lock for each service; never two at once, except by the order of `Others`.
public final class World: Sendable {
    /// The services that have a fake: a new one goes here, and into a folder of its own.
    static let services: [any FakeService.Type] = [
        Kinesis.self, SQS.self, S3.self, IAM.self, CognitoIDP.self, CognitoIdentity.self,
    ]

    private static let types: [String: any FakeService.Type] = Dictionary(
        uniqueKeysWithValues: services.flatMap { type in type.names.map { ($0, type) } })

    /// What its services would have sent to people.
    public let outbox = Outbox()
    /// Policies that were read.
    let policies = PolicyShelf()
    /// Whose web identity tokens its services take.
    public let issuers = TokenIssuers()
    private let cells: [String: any ServiceCell]
    /// IAM's and STS's: who the callers are.
    private let identity: Cell<IAM>
    private let s3: Cell<S3>
    private let sqs: Cell<SQS>
    private let kinesis: Cell<Kinesis>
    private let userPools: Cell<CognitoIDP>
    private let identityPools: Cell<CognitoIdentity>
    /// Rises whenever a key may have come to stand for somebody else.
    private let identityChanges = Atomic<UInt64>(0)
    private let keys = KnownKeys()
    private let options = Mutex(WorldOptions())
    /// Whether any bucket has, or had, an access log.
    private let hasAccessLogs = Atomic<Bool>(false)

    /// A world in which nothing has been made yet; identifiers follow the seed and the sandbox's name.
    public init(seed: UInt64, sandbox: String) {
        let identity = Cell<IAM>(IdentifierSource(seed: seed, sandbox: sandbox, service: IAM.name))
        let s3 = Cell<S3>(IdentifierSource(seed: seed, sandbox: sandbox, service: S3.name))
        let sqs = Cell<SQS>(IdentifierSource(seed: seed, sandbox: sandbox, service: SQS.name))
        let kinesis = Cell<Kinesis>(IdentifierSource(seed: seed, sandbox: sandbox, service: Kinesis.name))
        let userPools = Cell<CognitoIDP>(IdentifierSource(seed: seed, sandbox: sandbox, service: CognitoIDP.name))
        let identityPools = Cell<CognitoIdentity>(
            IdentifierSource(seed: seed, sandbox: sandbox, service: CognitoIdentity.name))
        var cells: [String: any ServiceCell] = [:]
        for type in World.services {
            let cell: any ServiceCell =
                switch type.name {
                case IAM.name: identity
                case S3.name: s3
                case SQS.name: sqs
                case Kinesis.name: kinesis
                case CognitoIDP.name: userPools
                case CognitoIdentity.name: identityPools
                default: World.cell(type, seed, sandbox)
                }
            for name in type.names { cells[name] = cell }
        }
        self.identity = identity
        self.s3 = s3
        self.sqs = sqs
        self.kinesis = kinesis
        self.userPools = userPools
        self.identityPools = identityPools
        self.cells = cells
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

    /// The same, for who asks at every call.
    public func answers(_ service: Service, _ operation: Operation) -> Bool {
        cells[service.name]?.answers(operation) ?? false
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
        defer { if cell === identity { identityChanges.add(1, ordering: .relaxed) } }
        var call = call
        call.outbox = outbox
        call.issuers = issuers
        guard cell.callsOthers else { return cell.perform(call, park) }
        let reach = Reach(world: self, wakes: CollectedWakes())
        call.reach = reach
        var result = cell.perform(call, park)
        result?.wakes += reach.wakes.take()
        return result
    }

    /// What each record of a call is counted by where quotas hold for each shard; see `FakeService.quotaScopes`.
    public func quotaScopes(of call: FakeCall) -> [QuotaScope] {
        cells[call.service.name]?.quotaScopes(of: call) ?? []
    }

    /// Carries out a call of another fake, which has its reach from that one's call. It never waits.
    func performInner(_ call: FakeCall) -> Result? {
        defer { if cells[call.service.name] === identity { identityChanges.add(1, ordering: .relaxed) } }
        return cells[call.service.name]?.perform(call) { _ in }
    }

    /// The key of this id, if this world gave it out.
    public func key(_ accessKeyID: String) -> IssuedKey? {
        keys.key(accessKeyID, at: identityVersion) { identity.withState { $0.key(accessKeyID) } }
    }

    /// What S3's front end has to know of a bucket; nil where there is none of this name.
    public func front(ofBucket name: String) -> BucketFront? {
        s3.withState { BucketFront($0, name) }
    }

    /// Whether requests to buckets are to be noted.
    public var logsAccess: Bool { hasAccessLogs.load(ordering: .relaxed) }

    /// From now on they are.
    func beginAccessLogs() { hasAccessLogs.store(true, ordering: .relaxed) }

    /// Notes a request to a bucket, where that has an access log.
    public func note(_ access: [AccessRecord]) {
        s3.withState { state in for record in access { state.note(record) } }
    }

    /// Reads the part of the state by which calls are judged.
    func readIdentity<Result: Sendable>(_ work: (IAM) -> Result) -> Result { identity.withState { work($0) } }

    /// The same of S3.
    func readS3<Result: Sendable>(_ work: (S3) -> Result) -> Result { s3.withState { work($0) } }

    /// The same of SQS.
    func readSQS<Result: Sendable>(_ work: (SQS) -> Result) -> Result { sqs.withState { work($0) } }

    /// The same of Kinesis.
    func readKinesis<Result: Sendable>(_ work: (Kinesis) -> Result) -> Result { kinesis.withState { work($0) } }

    /// The same of user pools.
    func readUserPools<Result: Sendable>(_ work: (CognitoIDP) -> Result) -> Result { userPools.withState { work($0) } }

    /// The same of identity pools.
    func readIdentityPools<Result: Sendable>(_ work: (CognitoIdentity) -> Result) -> Result {
        identityPools.withState { work($0) }
    }

    /// How often keys may have come to stand for others: who remembers whose a key is looks whether this is the same.
    public var identityVersion: UInt64 { identityChanges.load(ordering: .relaxed) }

    /// Notes that a key which this world gave out was used.
    public func noteUse(of principal: Principal, service: String, operation: String, region: String, at now: Timestamp)
    {
        identity.withState { state in
            state.noteUse(of: principal, IAMLastUse(at: now, region: region, action: operation), of: service)
        }
    }

    /// Gives out a session's credentials that no call of STS asked for, as the endpoints for credentials do.
    public func issue(_ session: OutsideSession, at now: Timestamp) -> IssuedKey {
        // Sessions that ended long ago are forgotten over it.
        defer { identityChanges.add(1, ordering: .relaxed) }
        return identity.withState { $0.issue(session, at: now) }
    }

    /// Lets the fakes behave so from now on.
    public func configure(_ new: WorldOptions) {
        let isNew = options.withLock { options in
            defer { options = new }
            return options != new
        }
        guard isNew else { return }
        issuers.give(new.issuers)
        policies.govern(by: new.organization)
        for cell in cells.values { cell.configure(new) }
        // Keys may take effect later now, or sooner.
        identityChanges.add(1, ordering: .relaxed)
    }

    /// Empties every fake, and the outbox.
    public func reset() {
        outbox.clear()
        issuers.clear()
        hasAccessLogs.store(false, ordering: .relaxed)
        let options = options.withLock { $0 }
        for cell in cells.values { cell.reset(options) }
        identityChanges.add(1, ordering: .relaxed)
    }
}

extension FakeService {
    fileprivate static func knows(_ operation: String) -> Bool { handler(operation) != nil }
}

/// A service behind its lock.
private protocol ServiceCell: AnyObject, Sendable {
    /// Whether there is any fake that it may call.
    var callsOthers: Bool { get }
    func perform(_ call: FakeCall, _ park: (Wait) -> Void) -> World.Result?
    func answers(_ operation: Operation) -> Bool
    func configure(_ options: WorldOptions)
    func reset(_ options: WorldOptions)
    func quotaScopes(of call: FakeCall) -> [QuotaScope]
}

/// A fake's state behind its lock, and the handlers of its operations.
private final class Cell<Fake: FakeService>: ServiceCell {
    /// The handlers found so far, each with its operation, so that its identity is never another's: to find one by its
    /// name compares it with all of the service's, 4,000 instructions for GetObject. A list, in which what is called
    /// most has come early, costs less than a hash.
    private typealias Handlers = [(operation: Operation, handler: Fake.Handler)]

    let callsOthers = Fake.names.contains { Others.canCall($0) }
    private let identifiers: IdentifierSource
    private let state: Mutex<Fake>
    private let handlers = Mutex<Handlers>([])

    init(_ identifiers: IdentifierSource) {
        self.identifiers = identifiers
        state = Mutex(Fake(identifiers: identifiers))
    }

    private func handler(of operation: Operation) -> Fake.Handler? {
        handlers.withLock { handlers in
            let list = handlers
            // Lent by a span: an iterator counts two references for each entry that it passes.
            let known = list.span
            for place in known.indices where known[place].operation === operation { return known[place].handler }
            guard let handler = Fake.handler(operation.name) else { return nil }
            handlers.append((operation, handler))
            return handler
        }
    }

    func answers(_ operation: Operation) -> Bool { handler(of: operation) != nil }

    func perform(_ call: FakeCall, _ park: (Wait) -> Void) -> World.Result? {
        guard let handler = handler(of: call.operation) else { return nil }
        return state.withLock { state in
            state.advance(to: call.now)
            let outcome = Result { () throws(WireError) in try handler(&state, call) }
            state.settle(call)
            if case .success(.wait(let wait)) = outcome { park(wait) }
            return World.Result(outcome: outcome, wakes: state.takeWakes())
        }
    }

    func withState<Result: Sendable>(_ work: (inout sending Fake) -> sending Result) -> Result {
        state.withLock { work(&$0) }
    }

    func quotaScopes(of call: FakeCall) -> [QuotaScope] {
        state.withLock { $0.quotaScopes(of: call) }
    }

    func configure(_ options: WorldOptions) {
        state.withLock { $0.configure(options) }
    }

    func reset(_ options: WorldOptions) {
        var fresh = Fake(identifiers: identifiers)
        fresh.configure(options)
        state.withLock { $0 = fresh }
    }
}
