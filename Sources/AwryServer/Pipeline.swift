// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import AwryWire

/// The way of a call through the program, in order; nothing happens outside it.
///
/// The transport accepts, parses and sends (steps 1 and 11); here a request is routed, identified, decided,
/// authenticated, read, validated, authorised, performed, rendered, changed and recorded. Called on the transport's
/// loops, so nothing here waits.
public final class Pipeline: Responder {
    let options: PipelineOptions
    let identifier: Identifier
    let sandboxes: Sandboxes
    let local: any LocalInterface
    let log: any CallLog
    /// Who wants to know what was passed on; nil where nobody does.
    let recorder: (any CallRecorder)?
    let wayBack = WayBack()
    let callers = KnownCallers()
    let signingKeys = SigningKeys()
    let stub = Stub(computed: ComputedMembers.fill)

    /// A pipeline that serves these sandboxes, and `local` for what is not AWS's. `recorder` hears what was passed on.
    public init(
        options: PipelineOptions, identifier: Identifier = .shared, sandboxes: Sandboxes, local: any LocalInterface,
        log: any CallLog, recorder: (any CallRecorder)? = nil
    ) {
        self.options = options
        self.identifier = identifier
        self.sandboxes = sandboxes
        self.local = local
        self.log = log
        self.recorder = recorder
        sandboxes.onStir { [weak self] in self?.askAll(in: $0) }
    }

    /// Says where answers go that are not ready at once; before the first request.
    public func attach(_ answering: any Answering) {
        wayBack.attach(answering)
    }

    /// Steps 2 to 4: route, identify, and decide, if the head is enough for it.
    public func head(_ head: RequestHead, _ arrival: Arrival) -> HeadDecision {
        if head.isForProxy, let decision = proxied(head, arrival) { return decision }
        if local.claims(head), !CredentialPaths.claim(SandboxName.afterPrefix(head.path)) {
            return .readBody(pending: LocalRequest(head, arrival.exchange), BodyPlan(limit: LocalRequest.bodyLimit))
        }
        if let caller = callers.caller(of: head), caller.isCurrent {
            return decideFromHead(Call(Incoming(head, arrival, of: caller), caller))
        }
        let localised = MetadataAddresses.localised(head)
        let request = Incoming(localised, arrival)
        switch identify(request, body: nil) {
        case .needsBody:
            return .readBody(pending: PendingCall(.unidentified(request)), plan(formOf: head))
        case .failure where options.unscripted == .upstream:
            return .readBody(pending: PendingCall(.unidentified(request)), plan(head, limit: options.bodyLimit))
        case .failure(let refusal):
            return .answer(refuse(request, refusal))
        case .call(let identified):
            let caller = Caller(request, identified, in: sandboxes)
            // What was asked for at another address stands in no head that comes.
            if localised === head { callers.remember(caller, by: head) }
            return decideFromHead(Call(request, caller))
        }
    }

    /// Step 4, if the head is enough for it, and what follows, if the answer needs no more.
    private func decideFromHead(_ call: Call) -> HeadDecision {
        if let length = call.excessiveLength { return refuseFromHead(call, length: length) }
        guard call.headIsEnough else {
            return .readBody(pending: PendingCall(.undecided(call)), plan(call))
        }
        let verdict = decide(call, body: nil, input: nil)
        guard verdict.effect.answersFromHead else {
            return .readBody(pending: PendingCall(.decided(call, verdict)), plan(call))
        }
        let decided = DecidedCall(call, verdict, body: .unread, input: nil)
        // What the head answers asks no operation, and only that could wait.
        guard let reply = answer(decided) else {
            return .readBody(pending: PendingCall(.waiting(decided)), BodyPlan(limit: 0))
        }
        return .answer(reply)
    }

    /// What is longer than S3 takes is refused before it comes, unless a rule answers it anyway.
    private func refuseFromHead(_ call: Call, length: Int) -> HeadDecision {
        let verdict = decide(call, body: nil, input: nil)
        let decided = DecidedCall(call, verdict, body: .unread, input: nil)
        if verdict.effect.answersFromHead, let reply = answer(decided) { return .answer(reply) }
        guard verdict.effect.answer.asksOperation else {
            return .readBody(pending: PendingCall(.decided(call, verdict)), plan(call))
        }
        return .answer(refuse(decided, input: nil, Self.tooLarge(length)))
    }

    /// The same from where the head left off, and then steps 5 to 10.
    public func body(_ body: ReceivedBody, of pending: any PendingRequest) -> BodyDecision {
        if let request = pending as? LocalRequest { return answerLocally(request, body.data) }
        guard let pending = pending as? PendingCall else { return .later }
        switch pending.stage {
        case .decided(let call, let verdict):
            return proceed(DecidedCall(call, verdict, body: CallBody(body), input: nil))
        case .undecided(let call):
            return decideAndProceed(call, CallBody(body))
        case .unidentified(let request):
            switch identify(request, body: body.data.prefix(options.formLimit).bytes) {
            case .call(let identified):
                let call = Call(request, Caller(request, identified, in: sandboxes))
                return decideAndProceed(call, CallBody(body))
            case .failure(let refusal): return giveUp(request, refusal, body)
            case .needsBody: return giveUp(request, .formless, body)
            }
        case .waiting(let call): return conclude(call)
        }
    }

    /// A request of which nobody here knows what is meant.
    private func giveUp(_ request: Incoming, _ refusal: UnidentifiedRequest, _ body: ReceivedBody) -> BodyDecision {
        if options.unscripted == .upstream { return .forward(forward(request, refusal, body: body.sent ?? body.data)) }
        return .answer(refuse(request, refusal))
    }

    /// A call that had to wait before the operation goes on.
    public func resume(_ pending: any PendingRequest) -> BodyDecision {
        body(ReceivedBody(Blob([])), of: pending)
    }

    /// Step 11, the record's end: how the answer's sending ended.
    public func delivered(_ token: UInt64, _ delivery: Delivery) {
        sandboxes.sandbox(ofToken: token)?.delivered(token, delivery, log: log, metrics: sandboxes.metrics)
    }

    /// Step 4 with the whole request at hand, and what follows.
    private func decideAndProceed(_ call: Call, _ body: CallBody) -> BodyDecision {
        let input = call.needs.isDisjoint(with: [.params, .journalParams]) ? nil : try? read(call, body)
        let verdict = decide(call, body: body.data, input: input)
        return proceed(DecidedCall(call, verdict, body: body, input: input))
    }

    /// Goes on with a decided call, at once or after the wait that a rule puts before the operation.
    private func proceed(_ decided: DecidedCall) -> BodyDecision {
        let effect = decided.verdict.effect
        guard effect.answer.asksOperation, effect.modifiers.delayBefore > .zero else { return conclude(decided) }
        return .after(effect.modifiers.delayBefore, pending: PendingCall(.waiting(decided)))
    }

    /// Steps 5 to 10 for a decided call, here or behind the upstream.
    private func conclude(_ decided: DecidedCall) -> BodyDecision {
        guard let forward = forward(decided) else { return answer(decided).map { .answer($0) } ?? .later }
        guard let error = throttled(decided) else { return .forward(forward) }
        return .answer(refuse(decided, input: decided.input, error))
    }

    /// Steps 5 to 10 for a decided call that is answered here: what answers, written as its protocol writes it; and the
    /// record's beginning. Nil where the call waits: `finish` goes on with it.
    private func answer(_ decided: DecidedCall) -> Reply? {
        switch decided.verdict.effect.answer {
        case .error(let error): send(render(error, of: decided.call), of: decided, input: decided.input)
        case .raw(let raw): send(Answered(raw), of: decided, input: decided.input)
        case .connection(let fault) where !fault.kind.cutsAnswer:
            send(Answered(fault), of: decided, input: decided.input)
        case .respond(let output): respond(output, to: decided)
        case .pass, .entries, .late, .lost, .events, .lostTo, .connection: ask(decided)
        }
    }

    /// The same for an output that a rule gives.
    private func respond(_ output: Fields, to decided: DecidedCall) -> Reply {
        let input = decided.input ?? (try? read(decided.call, decided.body))
        do throws(WireError) {
            let answered = try render(fill(output, of: decided.call, input: input ?? [:]), of: decided.call)
            return send(answered, of: decided, input: input)
        } catch {
            return refuse(decided, input: input, hidden(error, from: decided, input))
        }
    }

    /// The same where the operation is asked.
    private func ask(_ decided: DecidedCall) -> Reply? {
        let (call, body) = (decided.call, decided.body)
        var (decided, input) = (decided, decided.input)
        do throws(WireError) {
            try authenticate(call, body, skew: decided.verdict.effect.modifiers.clockSkew)
            let sent = if let input { input } else { try read(call, body) }
            input = sent
            try validate(sent, of: call)
            try meetFront(decided, sent)
            let denied = try authorise(&decided, sent)
            return try finish(try carryOut(decided, sent, without: denied), of: decided, input: sent)
        } catch {
            return refuse(decided, input: input, hidden(error, from: decided, input))
        }
    }

    /// The same for a call that waited: nil where it waits on.
    func finish(_ waiting: WaitingCall) -> Reply? {
        do throws(WireError) {
            let performed = try perform(waiting.decided, waiting.input, waiting)
            return try finish(performed, of: waiting.decided, input: waiting.input)
        } catch {
            return refuse(waiting.decided, input: waiting.input, error)
        }
    }

    /// The answer to a call that waited and gets nothing.
    func finishWithNothing(_ waiting: WaitingCall) -> Reply? {
        try? finish(.output([:]), of: waiting.decided, input: waiting.input)
    }

    private func finish(
        _ performed: Performed, of decided: DecidedCall, input: Fields
    ) throws(WireError) -> Reply? {
        if case .events(let output, let stream, let end) = performed {
            return try begin(output, stream: stream, until: end, of: decided, input: input)
        }
        guard let answered = try render(performed, as: decided.verdict.effect.answer, of: decided.call) else {
            return nil
        }
        return send(answered, of: decided, input: input)
    }

    /// What refuses the call answers it, and the rules that let it pass have not fired.
    private func refuse(_ decided: DecidedCall, input: Fields?, _ error: WireError) -> Reply {
        var verdict = decided.verdict
        takeBack(&verdict, of: decided.call)
        let refused = DecidedCall(decided.call, verdict, body: decided.body, input: input)
        return send(render(error, of: decided.call), of: refused, input: input)
    }

    /// Steps 9 and 10: the modifiers, and the record's beginning.
    func send(_ answered: consuming Answered, of decided: DecidedCall, input: Fields?) -> Reply {
        open(&answered, toOriginOf: decided.call)
        apply(decided.verdict.effect, to: &answered, of: decided.call)
        return record(decided.call, decided.verdict, answered, body: decided.body, input: input)
    }
}
