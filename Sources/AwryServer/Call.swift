// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import AwryServices
import AwryWire

/// A request that is AWS's, before it is known which operation is meant.
struct Incoming: Sendable {
    let head: RequestHead
    let arrival: Arrival
    /// The sandbox that the path or the host names.
    let namedSandbox: String?
    /// Where in the path AWS's own part begins.
    let pathStart: Int

    init(_ head: RequestHead, _ arrival: Arrival) {
        self.head = head
        self.arrival = arrival
        if let inPath = SandboxName.inPath(head.path) {
            namedSandbox = inPath.name
            pathStart = inPath.length
        } else {
            namedSandbox = head.host.flatMap { SandboxName.inHost($0) }
            pathStart = SandboxName.misnamedLength(head.path)
        }
    }

    /// A request that is like one before it.
    init(_ head: RequestHead, _ arrival: Arrival, of caller: Caller) {
        self.head = head
        self.arrival = arrival
        namedSandbox = caller.namedSandbox
        pathStart = caller.pathStart
    }

    /// The path without a sandbox's prefix, as text.
    var path: String { String(decoding: head.path.dropFirst(pathStart), as: UTF8.self) }
}

/// A request whose operation, sandbox and caller are known.
///
/// An object, because every stage is handed it: copies of its dozen references were a fifth of an answer's cost.
final class Call: Sendable {
    let request: Incoming
    let caller: Caller
    /// What the answer will carry, and what the journal knows it by.
    let context: AnswerContext
    let needs: Needs
    private let invocation: String?

    init(_ request: Incoming, _ caller: Caller) {
        invocation = request.head.text("amz-sdk-invocation-id")
        self.request = request
        self.caller = caller
        needs = caller.sandbox.engine.needs(caller.identified.service, caller.identified.operation)
        let ids = caller.sandbox.identifiers
        let isS3 = caller.identified.dialect == .restXML || caller.identified.dialect == .website
        let requestID = isS3 ? ids.s3RequestID() : ids.requestID()
        let hasHostID = isS3 || caller.identified.service.name == "kinesis"
        context = AnswerContext(caller.context, requestID: requestID, hostID: hasHostID ? ids.hostID() : "")
    }

    var identified: IdentifiedCall { caller.identified }
    var sandbox: Sandbox { caller.sandbox }
    var account: String { caller.origin.account }

    /// Whether the engine can decide before the body is read. Without an SDK's invocation id the body's hash tells
    /// which call an attempt belongs to, so then it never can; nor where the journal is to keep what the body says.
    var headIsEnough: Bool {
        invocation != nil && needs.headIsEnough(hasInvocation: true) && !needs.contains(.journalParams)
    }

    /// What the engine may know of the request.
    func facts(body: Blob?, input: Fields?) -> RequestFacts {
        RequestFacts(
            service: identified.service, operation: identified.operation, origin: caller.origin,
            requestID: context.requestID, invocation: invocation,
            sdkAttempt: request.head.value("amz-sdk-request").flatMap { RequestFacts.attempt(inSDKRequest: $0) },
            raw: ReceivedRequest(head: request.head, data: body), params: input,
            arrived: request.arrival.at, now: sandbox.clock.now)
    }

    /// The endpoints for credentials, as the call meets them.
    var metadata: CredentialEndpoints { CredentialEndpoints(sandbox, stubSource) }

    /// What the call gives out, if it is one that gives out credentials or tokens, beside what a script says. The
    /// metadata service's documents of another code than `Success` hold none.
    func issued(_ input: Fields, beside scripted: Fields = [:]) -> Fields? {
        let (service, operation) = (identified.service, identified.operation)
        if identified.dialect == .metadata, scripted["Code"] ?? "Success" != "Success" { return nil }
        if identified.dialect == .metadata { return try? metadata.output(of: operation, in: service, input) }
        return IssuedCredentials(source: stubSource, world: sandbox.world)
            .output(of: operation, in: service, input)
    }

    /// What a stub takes from its surroundings; the same request gets the same stub under the same seed.
    var stubSource: StubSource {
        StubSource(
            now: sandbox.clock.now, chance: sandbox.identifiers.chance(of: context.requestID),
            region: identified.region, account: account)
    }
}

/// What the rules said of a call.
struct Verdict: Sendable {
    /// What they judged by.
    let facts: RequestFacts
    var effect: Effect
    let attempt: CallAttempt
    /// What became of asking each rule.
    let trace: TraceSpan
    /// What is taken back if the operation refuses the call.
    var takeBack: TakeBack?
    /// What policies said of the call, where they were asked.
    var rights: [JudgedRight] = []
}

/// A call that the rules have decided, with what was read of it.
struct DecidedCall: Sendable {
    let call: Call
    var verdict: Verdict
    let body: CallBody
    /// The decoded input, where the decision took it.
    let input: Fields?

    init(_ call: Call, _ verdict: Verdict, body: CallBody, input: Fields?) {
        self.call = call
        self.verdict = verdict
        self.body = body
        self.input = input
    }
}

/// A call whose body is being read, and how far it had come before.
final class PendingCall: PendingRequest {
    enum Stage: Sendable {
        /// The operation stands in the body.
        case unidentified(Incoming)
        /// A rule wants to see the body.
        case undecided(Call)
        /// Only the answer wants to see the body.
        case decided(Call, Verdict)
        /// A rule puts a wait before the operation.
        case waiting(DecidedCall)
    }

    let stage: Stage

    init(_ stage: Stage) {
        self.stage = stage
    }
}
