// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import Synchronization

/// The other fakes of a sandbox, as an operation calls them: the one way from one fake to another.
///
/// An operation calls another fake's operation as a client would, while its own fake's lock is held. So that two calls
/// can never wait for each other, it calls downwards alone, in the order below. What the inner call wakes is delivered
/// with the outer call's own wakes, once all locks are released.
struct Others {
    /// Who may call whom: each those below, none its own row, for a row may be one state under several names.
    static let order: [[String]] = [
        ["s3"], ["kinesis"], ["cognito-identity"], ["cognito-idp"], ["sts", "iam"], ["sqs"],
    ]

    private static let ranks: [String: Int] = Dictionary(
        uniqueKeysWithValues: order.enumerated().flatMap { rank, names in names.map { ($0, rank) } })

    private let outer: FakeCall

    init(of call: FakeCall) {
        outer = call
    }

    /// Whether a fake may call another one while its lock is held.
    static func permits(_ caller: String, calls callee: String) -> Bool {
        guard let caller = ranks[caller], let callee = ranks[callee] else { return false }
        return caller < callee
    }

    /// Whether there is any fake that this one may call.
    static func canCall(_ caller: String) -> Bool {
        ranks[caller].map { $0 < order.count - 1 } ?? false
    }

    /// Calls an operation of another fake and gives its output, or throws what a client would be told: of the input's
    /// validation too. It is the outer call's moment there, and its place unless another is given. A call that would
    /// have to wait gives an empty output.
    ///
    /// What the inner call changes stays, whatever becomes of the outer one: an operation calls others after its own
    /// checks. One that may yet wait calls only what changes nothing, since it is asked again from its beginning.
    ///
    /// A call upwards, and one of what has no fake, is a mistake of the program and ends a debug build.
    @discardableResult
    func call(
        _ service: String, _ operation: String, _ input: Fields, at place: Place? = nil
    ) throws(WireError) -> Fields {
        let caller = outer.service.name
        guard Self.permits(caller, calls: service) else {
            throw mistake("\(caller) calls \(service), which does not stand below it")
        }
        guard let reach = outer.reach, let called = Catalogue.shared.service(service),
            let known = called.operation(operation)
        else { throw mistake("\(caller) calls \(service).\(operation), which nothing answers here") }
        if let refusal = ValidationStyle.refusal(of: input, for: known, in: called) { throw refusal }
        var inner = FakeCall(
            service: called, operation: known, input: input, place: place ?? outer.place,
            principal: place.map { $0.account == outer.place.account } ?? true ? outer.principal : nil, now: outer.now,
            endpoint: outer.endpoint, mayWait: false)
        inner.reach = reach
        inner.outbox = outer.outbox
        inner.issuers = outer.issuers
        inner.invoke = outer.invoke
        guard let result = reach.world.performInner(inner) else {
            throw mistake("\(caller) calls \(service).\(operation), which has no fake")
        }
        reach.wakes.add(result.wakes)
        switch try result.outcome.get() {
        case .output(let output), .begun(let output): return output
        case .wait, .work, .events: return [:]
        }
    }

    /// Reads what IAM holds, where no operation tells it: nil where the caller may not call IAM.
    func readIdentity<Result: Sendable>(_ work: (IAM) -> Result) -> Result? {
        guard Self.permits(outer.service.name, calls: IAM.name) else { return nil }
        return outer.reach?.world.readIdentity(work)
    }

    /// The same of user pools.
    func readUserPools<Result: Sendable>(_ work: (CognitoIDP) -> Result) -> Result? {
        guard Self.permits(outer.service.name, calls: CognitoIDP.name) else { return nil }
        return outer.reach?.world.readUserPools(work)
    }

    /// In a release build the client is told of an internal failure rather than left waiting for a lock for ever.
    private func mistake(_ text: String) -> WireError {
        assertionFailure(text)
        return WireError("InternalFailure", status: 500, message: text)
    }
}

/// The way from a call to the other fakes: the world they live in, and where what they wake is gathered.
struct Reach: Sendable {
    let world: World
    let wakes: CollectedWakes
}

/// What the inner calls of one outer call have woken.
final class CollectedWakes: Sendable {
    private let wakes = Mutex<[Wake]>([])

    func add(_ more: [Wake]) {
        if !more.isEmpty { wakes.withLock { $0 += more } }
    }

    func take() -> [Wake] {
        wakes.withLock { wakes in
            defer { wakes = [] }
            return wakes
        }
    }
}
