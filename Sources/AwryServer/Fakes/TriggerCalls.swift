// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import AwryServices

/// The calls that a service makes to Lambda functions on its own account: rules about `lambda.Invoke` answer them, and
/// the journal has them before the call that caused them. They are decided while that one's fake is at work, so none
/// of them waits: of a delay only the length is looked at.
struct TriggerCalls: Sendable {
    /// How long a function may take, and how often it is tried ("Customizing user pool workflows with Lambda
    /// triggers").
    private static let patience = Duration.seconds(5)
    private static let attempts = 3
    private static let operation = Catalogue.shared.service("lambda").flatMap { service in
        service.operation("Invoke").map { (service, $0) }
    }

    let sandbox: Sandbox
    let place: Place
    /// Who asks: `cognito-idp`.
    let caller: String
    let log: any CallLog
    let metrics: Metrics

    /// What became of one attempt.
    private enum Attempt {
        case done(TriggerAnswer?)
        /// It may be tried again; this is what it comes to if it is not.
        case failed(TriggerAnswer)
    }

    /// What a function answers an event, by the rules; nil where none speaks of it.
    func ask(_ function: String, _ event: Value) -> TriggerAnswer? {
        guard let (service, operation) = Self.operation else { return nil }
        let invocation = sandbox.identifiers.requestID()
        var answer: TriggerAnswer?
        for number in 1...Self.attempts {
            let id = number == 1 ? invocation : sandbox.identifiers.requestID()
            let facts = RequestFacts(
                service: service, operation: operation, origin: origin(function), requestID: id,
                invocation: invocation, sdkAttempt: number, raw: TriggerRequest(event: event),
                params: [
                    "FunctionName": .string(function), "InvocationType": "RequestResponse", "Payload": event,
                ], arrived: Monotonic.now, now: sandbox.clock.now)
            let decision = sandbox.engine.decide(facts)
            let attempt = Self.judge(decision.effect)
            record(facts, decision, function, event)
            switch attempt {
            case .done(let answer): return answer
            case .failed(let failure): answer = failure
            }
        }
        return answer
    }

    private func origin(_ function: String) -> RequestOrigin {
        RequestOrigin(
            service: "lambda", operation: "Invoke", region: place.region, account: place.account,
            principal: "\(caller).amazonaws.com", method: "POST",
            path: "/2015-03-31/functions/\(function)/invocations")
    }

    private static func judge(_ effect: Effect) -> Attempt {
        guard effect.modifiers.delay + effect.modifiers.delayBefore < patience else { return .failed(timeout) }
        switch effect.answer {
        case .pass, .entries: return .done(nil)
        case .respond(let output): return .done(answer(output))
        case .error(let error), .late(let error), .lost(let error):
            let failure = TriggerAnswer.unreachable(error.code)
            return error.status >= 500 || error.status == 429 ? .failed(failure) : .done(failure)
        case .connection, .lostTo, .raw, .events: return .failed(timeout)
        }
    }

    private static let timeout = TriggerAnswer.unreachable("Socket timeout while invoking Lambda function")

    /// What a function's output says: its value, or the error that it threw.
    private static func answer(_ output: Fields) -> TriggerAnswer {
        guard case .blob(let blob)? = output["Payload"], let value = try? JSON.parse(blob.bytes) else {
            return output["FunctionError"] == nil ? .garbled : .failed("Unhandled")
        }
        guard let kind = output["FunctionError"]?.string else { return .payload(value) }
        return .failed(value.fields?["errorMessage"]?.string ?? kind)
    }

    private func record(_ facts: RequestFacts, _ decision: Decision, _ function: String, _ event: Value) {
        let attempt = decision.attempt ?? sandbox.engine.track(facts)
        // The event may hold what nobody is to read; what tells it from others may be read by all.
        let told = RequestFacts(
            service: facts.service, operation: facts.operation, origin: facts.origin, requestID: facts.requestID,
            raw: facts.raw, arrived: facts.arrived, now: facts.now)
        var entry = JournalEntry(
            told, effect: decision.effect, attempt: attempt, trace: decision.trace, sandbox: sandbox.name,
            time: SystemClock().now)
        entry.keep(late: TriggerParams(function, event))
        entry.note = "a trigger that \(caller) asks"
        var status = 200
        var code: String?
        switch decision.effect.answer {
        case .error(let error), .late(let error), .lost(let error): (status, code) = (error.status, error.code)
        case .connection, .lostTo, .raw, .events: status = 0
        case .pass, .entries, .respond: break
        }
        let token = sandbox.begin(entry, status: status, error: code)
        sandbox.delivered(
            token, Delivery(whole: status != 0, bytes: 0, endedAt: Monotonic.now), log: log, metrics: metrics)
    }
}

/// The request that the call of a trigger would be.
private struct TriggerRequest: RawRequest {
    let event: Value

    var query: String { "" }
    func headers(_ name: String) -> [String] { [] }
    var body: ArraySlice<UInt8>? { Array(JSON.text(event).utf8)[...] }
    var bodyHash: UInt64? { body.map { Chance.hash($0) } }
}

/// What the journal keeps of a trigger's event: which it is, and of whom.
private final class TriggerParams: LateParams {
    let params: Fields?

    init(_ function: String, _ event: Value) {
        let shown = ["triggerSource", "region", "userPoolId", "userName", "callerContext"]
        let event = event.fields?.filter { shown.contains($0.name) } ?? []
        params = [
            "FunctionName": .string(function), "InvocationType": "RequestResponse",
            "Payload": .structure(Fields(event.map { ($0.name, $0.value) })),
        ]
    }

    var footprint: Int { 512 }
}
