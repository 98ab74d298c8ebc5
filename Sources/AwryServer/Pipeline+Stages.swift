// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryScenario
import AwryServices
import AwryWire

extension Effect {
    /// Whether the answer needs nothing of the request's body.
    var answersFromHead: Bool {
        switch answer {
        case .error, .raw: true
        case .connection(let fault): !fault.kind.cutsAnswer
        case .respond, .pass, .entries, .late, .lost, .events, .lostTo: false
        }
    }
}

/// The stages of `Pipeline`, in the order in which a call meets them.
extension Pipeline {
    /// Step 2: what is not AWS's is answered by the control interface, now or later.
    func answerLocally(_ request: LocalRequest, _ body: Blob) -> BodyDecision {
        let wayBack = self.wayBack
        local.answer(request.head, body: Array(body.bytes)) { wayBack.answer($0, for: request.exchange) }
        return .later
    }

    /// Step 3: which operation of which service is meant. What names a sandbox that cannot be is refused as the service
    /// refuses, and not taken for `default`.
    func identify(_ request: Incoming, body: ArraySlice<UInt8>?) -> Identification {
        let found = identifier.identify(
            request.head, body: body,
            options: IdentifyOptions(domains: options.domains, pathStart: request.pathStart))
        guard case .call(let call) = found,
            let name = SandboxName.misnamed(path: request.head.path, key: call.credential.accessKey)
        else { return found }
        let message = "'\(name)' is no sandbox's name: expected at most 64 letters, digits, - and _"
        return .failure(
            UnidentifiedRequest(
                error: WireError("InvalidSandboxName", message: message), dialect: call.dialect, service: call.service,
                credential: call.credential, region: call.region, note: message))
    }

    /// Step 4: what the rules say.
    func decide(_ call: Call, body: Blob?, input: Fields?) -> Verdict {
        let facts = call.facts(body: body, input: input)
        let decision = call.sandbox.engine.decide(facts)
        return Verdict(
            facts: facts, effect: decision.effect,
            attempt: decision.attempt ?? call.sandbox.engine.track(facts), trace: decision.trace,
            takeBack: decision.takeBack)
    }

    /// Step 4 undone: the operation refused the call, so the rules that let it pass have not fired.
    func takeBack(_ verdict: inout Verdict, of call: Call) {
        guard let firings = verdict.takeBack else { return }
        call.sandbox.engine.takeBack(firings)
        verdict.effect = .none
        verdict.takeBack = nil
    }

    /// Step 5: what was sent, as the model sees it.
    func read(_ call: Call, _ body: CallBody) throws(WireError) -> Fields {
        if let mistake = body.mistake { throw mistake }
        return try Wire.decodeInput(
            call.identified, head: call.request.head, body: body.data ?? Blob([]), trailers: body.trailers)
    }

    /// Step 6: whether the model allows it.
    func validate(_ input: Fields, of call: Call) throws(WireError) {
        // A site's front page has no key.
        guard call.identified.dialect != .website else { return }
        let (service, operation) = (call.identified.service, call.identified.operation)
        let spoken = call.identified.dialect.protocolName
        if let refusal = ValidationStyle.refusal(of: input, for: operation, in: service, spoken: spoken) {
            throw refusal
        }
    }

    /// Step 8: what the fake gives, or stands in for one.
    func perform(
        _ decided: DecidedCall, _ input: Fields, _ former: WaitingCall? = nil
    ) throws(WireError) -> Performed {
        if decided.call.identified.dialect == .website { return try visit(decided, input) }
        // What is in the upstream is not here, and a stream whose events are scripted needs none of the fake's.
        let isScripted = decided.verdict.effect.answer.streamBreak?.output != nil
        if options.unscripted != .upstream, !isScripted, let performed = try performFake(decided, input, former) {
            return performed
        }
        return .output(try standIn(decided.call, input, for: decided.verdict.effect.answer))
    }

    /// What an operation without a fake gives; a stream that is to break has what there is to break.
    private func standIn(_ call: Call, _ input: Fields, for answer: Effect.Answer) throws(WireError) -> Fields {
        let broken = answer.streamBreak
        if let scripted = broken?.output { return fill(scripted, of: call, input: input) }
        let (service, operation) = (call.identified.service, call.identified.operation)
        if call.identified.dialect == .metadata { return try call.metadata.output(of: operation, in: service, input) }
        switch (options.unscripted, answer) {
        case (.stub, _) where IssuedCredentials.gives(operation, in: service): return fill([:], of: call, input: input)
        case (.stub, _), (.error, .entries), (.error, .late), (.error, .lost), (.error, .lostTo), (.error, .events):
            return stub.output(
                of: operation, in: service, input: input, source: call.stubSource, events: broken?.after ?? 0)
        case (.upstream, _):
            throw WireError(
                "NotImplemented", status: 501,
                message: "entries: a part of a batch cannot be passed on to the upstream; let all of its entries fail")
        case (.error, _):
            let name = "\(service.name).\(operation.name)"
            throw WireError(
                "NotImplemented", status: 501,
                message: "\(name) is not faked: script it with `- match: \(name)` and `respond: {}` or `error: CODE`")
        }
    }

    /// A scripted output, with the required members that the scenario left out.
    func fill(_ output: Fields, of call: Call, input: Fields) -> Fields {
        let (service, operation) = (call.identified.service, call.identified.operation)
        // What a script says goes over what the operation would give out by itself.
        let whole = call.issued(input, beside: output).map { $0.merging(output) } ?? output
        return stub.fill(whole, of: operation, in: service, input: input, source: call.stubSource)
    }

    /// Step 9: the output as the protocol writes it.
    func render(_ output: Fields, of call: Call) throws(WireError) -> Answered {
        Answered(try Wire.encodeOutput(output, of: call.identified, call.context))
    }

    /// Step 9 for an operation that was carried out: its output, or what the rule puts in its place.
    func render(_ performed: Performed, as answer: Effect.Answer, of call: Call) throws(WireError) -> Answered? {
        switch (performed, answer) {
        case (.waiting, _): nil
        case (.answered, .late), (.answered, .lost): try render([:], as: answer, of: call)
        case (.answered(let answered), _): answered
        case (.output(let output), _), (.events(let output, _, _), _): try render(output, as: answer, of: call)
        }
    }

    /// The same of an output.
    func render(_ output: Fields, as answer: Effect.Answer, of call: Call) throws(WireError) -> Answered {
        switch answer {
        case .late(let error):
            Answered(Wire.encodeLateError(error, of: call.identified, call.context), error: error.code)
        case .lost(let error): render(error, of: call)
        case .events(let broken): try render(output, brokenBy: broken, of: call)
        case .pass, .entries, .error, .respond, .raw, .connection, .lostTo: try render(output, of: call)
        }
    }

    /// Step 9 for a stream of events that breaks.
    private func render(_ output: Fields, brokenBy broken: StreamBreak, of call: Call) throws(WireError) -> Answered {
        var rendered = try Wire.encodeOutput(output, of: call.identified, call.context)
        Wire.breakStream(&rendered, after: broken.after, by: broken.error, of: call.identified)
        return Answered(rendered, error: broken.error.code)
    }

    /// Step 9 for an error.
    func render(_ error: WireError, of call: Call) -> Answered {
        Answered(Wire.encodeError(error, of: call.identified, call.context), error: error.code)
    }

    /// Step 10: the modifiers, and the marks by which a test knows what it met.
    func apply(_ effect: Effect, to answered: inout Answered, of call: Call) {
        let modifiers = effect.modifiers
        // Where the operation was asked, the wait before it is over.
        answered.delay = modifiers.delay
        if !effect.isUnmodified, !effect.answer.asksOperation { answered.delay += modifiers.delayBefore }
        // The transport writes the machine's own Date; where the sandbox's clock shows another, that is the client's.
        let clock = call.sandbox.clock
        if modifiers.clockSkew != .zero ? !answered.saysDate : !answered.isRaw && !clock.isMachines {
            answered.append("Date", TimeFormats.rfc822(clock.now + modifiers.clockSkew))
        }
        answered.bandwidth = modifiers.bandwidth
        if !modifiers.headers.isEmpty { answered.change(modifiers.headers) }
        for damage in modifiers.corrupt {
            answered.corrupt(damage, isObject: call.identified.operation.name == "GetObject")
        }
        if options.marks, !answered.isRaw {
            answered.mark(request: call.context.requestID, rule: effect.decidedBy ?? effect.fired.first)
        }
        if let fault = effect.answer.fault { answered.damage(fault) }
    }

    /// Step 11: the journal's entry begins; `delivered` ends it.
    func record(
        _ call: Call, _ verdict: Verdict, _ answered: Answered, body: CallBody, input: Fields?, note: String? = nil
    ) -> Reply {
        var entry = JournalEntry(
            verdict.facts, effect: verdict.effect, attempt: verdict.attempt, trace: verdict.trace,
            sandbox: call.sandbox.name, time: SystemClock().now, secrets: options.secrets)
        entry.note = note ?? call.identified.note
        if !verdict.rights.isEmpty { entry.decisions = verdict.rights }
        entry.askedWait = answered.askedWait(at: verdict.facts.now)
        var sink: UnreadInput?
        if verdict.facts.params == nil {
            if let input {
                entry.keep(
                    params: input, of: call.identified.operation, in: call.identified.service, options.secrets)
            } else if let data = body.data {
                entry.keep(late: UnreadInput(call.identified, call.request.head, body: data, options.secrets))
            } else if body.mistake == nil {
                let unread = UnreadInput(call.identified, call.request.head, options.secrets)
                entry.keep(late: unread)
                if unread.limit > 0 { sink = unread }
            }
        }
        if call.sandbox.world.logsAccess { logAccess(call, answered, body, input) }
        if call.needs.contains(.journalHeaders) { entry.keep(headers: call.request.head.headers, options.secrets) }
        let token = call.sandbox.begin(consume entry, status: answered.status, error: answered.error)
        return Reply(
            answered.content, delay: answered.delay, bytesPerSecond: answered.bandwidth, token: token, sink: sink)
    }

    /// What cannot be identified is answered all the same, by the protocol that it seems to speak, and recorded.
    func refuse(_ request: Incoming, _ refusal: UnidentifiedRequest) -> Reply {
        record(request, refusal, note: refusal.note) { context in
            let rendered = Wire.encodeError(
                refusal.error, dialect: refusal.dialect, service: refusal.service, context)
            return Answered(rendered, error: refusal.error.code)
        }
    }

    /// Step 11 for a request of which nobody here knows what is meant.
    func record(
        _ request: Incoming, _ refusal: UnidentifiedRequest, note: String, _ answer: (AnswerContext) -> Answered
    ) -> Reply {
        let sandbox = sandboxes.sandbox(request.namedSandbox ?? SandboxName.standard)
        let ids = sandbox.identifiers
        let isS3 = refusal.service?.name == "s3"
        let requestID = isS3 ? ids.s3RequestID() : ids.requestID()
        let context = AnswerContext(requestID: requestID, hostID: ids.hostID(), head: request.head)
        let answered =
            refusal.preflight.map { answerPreflight($0, refusal, request, in: sandbox, context) } ?? answer(context)
        let attempt = CallAttempt(call: context.requestID, number: 1)
        let origin = RequestOrigin(
            service: refusal.service?.name ?? "", region: refusal.region, method: request.head.method,
            path: request.path, userAgent: request.head.text("user-agent"))
        var entry = JournalEntry(
            id: context.requestID, sandbox: sandbox.name, time: SystemClock().now, arrived: request.arrival.at,
            origin: origin, attempt: attempt)
        entry.note = note
        let token = sandbox.begin(consume entry, status: answered.status, error: answered.error)
        return Reply(answered.content, token: token)
    }
}

extension UnidentifiedRequest {
    /// A form that names no operation even with its body at hand.
    static let formless = UnidentifiedRequest(
        error: WireError("MissingAction", message: "The request is missing an action or a required parameter."),
        dialect: .query, service: nil, credential: Credential(), region: "us-east-1", note: "a form without Action")
}
