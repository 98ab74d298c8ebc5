// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import AwryServices
import AwryWire

/// What an operation came to, as the pipeline goes on with it.
enum Performed {
    case output(Fields)
    /// The answer is written already: S3's front end has some that no operation's output describes.
    case answered(Answered)
    /// The answer comes when what the call waits for is there; the call is parked already.
    case waiting
    /// The answer's stream of events has begun with this output, and goes on.
    case events(Fields, stream: UInt64?, until: Timestamp)
}

extension Pipeline {
    /// A call as its fake sees it.
    func fakeCall(_ call: Call, _ input: Fields, _ waiting: WaitingCall? = nil) -> FakeCall {
        var fake = FakeCall(
            service: call.identified.service, operation: call.identified.operation, input: input,
            place: Place(account: call.account, region: region(of: call)), principal: call.caller.principal,
            now: call.sandbox.clock.now, endpoint: call.endpoint, waitingSince: waiting?.since,
            mayWait: waiting.map { $0.machineEnd > Monotonic.now } ?? true)
        fake.settings = call.sandbox.fakeSettings
        fake.settings.judgesServices = authMode(call) == .enforce
        // Only user pools ask Lambda functions: nobody else's calls pay for the way to them.
        if call.identified.service.name.hasPrefix("cognito") {
            let triggers = TriggerCalls(
                sandbox: call.sandbox, place: fake.place, caller: "cognito-idp", log: log, metrics: sandboxes.metrics)
            fake.invoke = { triggers.ask($0, $1) }
        }
        fake.worked = waiting?.worked
        return fake
    }

    /// Lets the fake carry a call out; nil where it has none. `former` is the call's former wait, if it had one.
    func performFake(
        _ decided: DecidedCall, _ input: Fields, _ former: WaitingCall? = nil, stream: UInt64? = nil,
        isPulse: Bool = false
    ) throws(WireError) -> Performed? {
        let sandbox = decided.call.sandbox
        if former == nil { decided.call.noteUse() }
        var fake = fakeCall(decided.call, input, former)
        fake.stream = stream
        fake.isPulse = isPulse
        var parked: (WaitingCall, Wait)?
        let result = sandbox.world.perform(fake) { wait in
            let waiting = former ?? self.waiting(decided, input, until: wait.until)
            sandbox.waits.park(waiting, for: wait.topic)
            parked = (waiting, wait)
        }
        guard let result else { return nil }
        if let (waiting, wait) = parked {
            if former == nil { watch(waiting) }
            if let moment = wait.recheck { alarm(wait.topic, at: moment, in: sandbox) }
        }
        wake(result.wakes, in: sandbox)
        do throws(WireError) {
            switch try result.outcome.get() {
            case .output(let output) where decided.call.identified.isFormUpload:
                return .answered(try answerForm(output, decided))
            case .output(let output): return .output(charged(output, decided.call, input))
            case .begun(let output): return .answered(try accepted(output, decided.call))
            case .work(let work):
                labour(work, for: former ?? self.waiting(decided, input, until: fake.now))
                return .waiting
            case .wait: return .waiting
            case .events(let output, let stream, let end): return .events(output, stream: stream, until: end)
            }
        } catch {
            throw faced(error, by: decided.call)
        }
    }

    /// The answer to what goes on by itself (RFC 9110, 15.3.3).
    private func accepted(_ output: Fields, _ call: Call) throws(WireError) -> Answered {
        var rendered = try Wire.encodeOutput(output, of: call.identified, call.context)
        rendered.status = 202
        return Answered(rendered)
    }
}

extension Call {
    /// Lets IAM know that the caller's key, if it gave that out, was used.
    fileprivate func noteUse() {
        guard caller.isIssued else { return }
        sandbox.world.noteUse(
            of: caller.principal, service: identified.service.name, operation: identified.operation.name,
            region: identified.region, at: sandbox.clock.now)
    }

    /// The beginning of URLs by which the caller reaches the server.
    var endpoint: String { request.arrival.isSecure ? "https" + caller.endpoint.dropFirst(4) : caller.endpoint }
}
