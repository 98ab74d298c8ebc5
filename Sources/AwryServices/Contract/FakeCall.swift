// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Where something is: state lies in sandbox -> account -> region -> service.
public struct Place: Sendable, Hashable {
    /// The account, 12 digits.
    public var account: String
    /// The region: `us-east-1`.
    public var region: String

    /// The place of this account in this region.
    public init(account: String, region: String) {
        self.account = account
        self.region = region
    }

    /// Where the thing of an ARN is.
    init(of arn: ARN) {
        self.init(account: String(arn.account), region: String(arn.region))
    }
}

/// One call, as an operation sees it: what was asked, where, by whom and when. Nothing of HTTP, nothing of scenarios.
public struct FakeCall: Sendable {
    /// What stays as it is: one reference, because a call is handed on several times, and a copy of all this counts
    /// twenty.
    private final class Asked: Sendable {
        let service: Service
        let operation: Operation
        let input: Fields
        let place: Place
        let principal: Principal
        let now: Timestamp
        let endpoint: String

        init(
            _ service: Service, _ operation: Operation, _ input: Fields, _ place: Place, _ principal: Principal,
            _ now: Timestamp, _ endpoint: String
        ) {
            self.service = service
            self.operation = operation
            self.input = input
            self.place = place
            self.principal = principal
            self.now = now
            self.endpoint = endpoint
        }
    }

    private let asked: Asked
    /// The service as the catalogue describes it.
    public var service: Service { asked.service }
    /// The operation that is asked for.
    public var operation: Operation { asked.operation }
    /// What was sent; it has passed the model's validation.
    public var input: Fields { asked.input }
    /// The caller's account and the region that was called.
    public var place: Place { asked.place }
    /// Who calls.
    public var principal: Principal { asked.principal }
    /// The sandbox's present moment.
    public var now: Timestamp { asked.now }
    /// The beginning of URLs by which the caller reaches the server, without a slash at the end:
    /// `http://localhost:4566/_sandbox/blue`.
    public var endpoint: String { asked.endpoint }
    /// When the call began to wait; nil where it is asked for the first time.
    public var waitingSince: Timestamp?
    /// Whether it may go on waiting; false once the machine's clock has waited long enough.
    public var mayWait: Bool
    /// The work that the call asked for when it was asked before, done; nil where it asked for none.
    public var worked: Work?
    /// Asks a Lambda function of the sandbox, by its name or ARN, what it returns for an event; it gives nil where
    /// nobody says what that is. Nil where there is nobody to ask.
    public var invoke: (@Sendable (_ function: String, _ event: Value) -> TriggerAnswer?)?
    /// Which stream of events is to go on; nil where the call is asked for the first time.
    public var stream: UInt64?
    /// Whether a sign of life is due on that stream.
    public var isPulse = false
    /// How the sandbox wants its fakes.
    public var settings = FakeSettings()
    /// Where messages to people go; `World` says it.
    var outbox: Outbox?
    /// Whose tokens are known; `World` says it.
    var issuers: TokenIssuers?
    /// The way to the other fakes; `World` gives it.
    var reach: Reach?

    /// A call of these parts; without a principal it is the account's root that calls.
    public init(
        service: Service, operation: Operation, input: Fields, place: Place, principal: Principal? = nil,
        now: Timestamp, endpoint: String, waitingSince: Timestamp? = nil,
        mayWait: Bool = true
    ) {
        asked = Asked(service, operation, input, place, principal ?? .root(of: place.account), now, endpoint)
        self.waitingSince = waitingSince
        self.mayWait = mayWait
    }

    /// How long something takes to come, to change or to go.
    func transition(_ kind: Transition) -> Duration { settings.transitions[kind] ?? .zero }

    /// The input through typed accessors.
    var members: InputReader { InputReader(input, operation.input, service) }

    /// Sends a message to a person, which tests read at `GET /_awry/messages`. The last thing an operation does, since
    /// one that throws has changed nothing.
    func send(_ channel: OutboxMessage.Channel, to recipient: String, subject: String? = nil, text: String) {
        outbox?.send(
            OutboxMessage(channel, to: recipient, subject: subject, text: text, service: service.name, time: now))
    }

    /// The other fakes of the sandbox.
    var others: Others { Others(of: self) }

    /// The error of this name as the service sends it, with the directory's own text unless another is given.
    func error(_ name: String, _ message: String? = nil) -> WireError {
        let known =
            ErrorDirectory.resolve(name, operation: operation, service: service)
            ?? ErrorDirectory.verbatim(name, operation: operation, service: service)
        // The last text names nothing of the request, so it holds no template.
        return known.wireError(message: message ?? known.messages.last)
    }
}
