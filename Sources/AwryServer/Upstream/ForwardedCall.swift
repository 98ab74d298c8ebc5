// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario
import AwryWire
import Synchronization

/// A call that was passed on: makes of the upstream's answer what the rules want the client to get.
final class ForwardedCall: ForwardReceiver {
    /// So much of an answer is held for a rule that changes it as a whole.
    static let heldBytes = 64 << 20

    private let pipeline: Pipeline
    private let decided: DecidedCall
    /// The answer for the recording, where there is one; the body nil where it has become too long.
    private let kept = Mutex<(head: ResponseHead, body: [UInt8]?)?>(nil)

    init(_ pipeline: Pipeline, _ decided: DecidedCall) {
        self.pipeline = pipeline
        self.decided = decided
    }

    func answered(_ head: ResponseHead) -> ForwardDecision {
        // An error's code is for the journal; and no error is long.
        if head.status >= 400 || changesWhole { return .collect(limit: Self.heldBytes) }
        if pipeline.recorder != nil { kept.withLock { $0 = (head, []) } }
        return .stream(finish(decided.verdict, Answered(head, keepsDate: keepsDate)).streamed())
    }

    func collected(_ head: ResponseHead, body: [UInt8]) -> Reply {
        record(head, body)
        var verdict = decided.verdict
        guard head.status < 400 else {
            // What refuses the call answers it, and the rules that let it pass have not fired.
            pipeline.takeBack(&verdict, of: decided.call)
            let code = ReadError(headers: head.headers, body: body)?.code
            return finish(verdict, Answered(head, body: body, keepsDate: keepsDate, error: code))
        }
        return finish(verdict, changed(head, body, by: verdict.effect.answer))
    }

    func failed(_ failure: ForwardFailure) -> Reply {
        var verdict = decided.verdict
        pipeline.takeBack(&verdict, of: decided.call)
        let error = pipeline.unavailable(failure)
        return finish(
            verdict, pipeline.render(error, of: decided.call), note: error.message ?? pipeline.passedOn)
    }

    func passed(_ bytes: [UInt8]) {
        guard pipeline.recorder != nil else { return }
        kept.withLock { kept in
            guard let body = kept?.body else { return }
            kept?.body = nil
            if body.count + bytes.count <= RecordedCall.longestBody { kept?.body = body + bytes }
        }
    }

    func ended(whole: Bool) {
        guard let answer = kept.withLock({ $0.take() }), whole else { return }
        record(answer.head, answer.body)
    }

    private func record(_ head: ResponseHead, _ body: [UInt8]?) {
        guard let recorder = pipeline.recorder else { return }
        let call = decided.call
        recorder.take(
            RecordedCall(
                call.identified, params: decided.input ?? (try? pipeline.read(call, decided.body)),
                isHead: call.caller.origin.method == "HEAD", head, body: body))
    }

    /// Whether a rule needs the whole answer in hand.
    private var changesWhole: Bool {
        let effect = decided.verdict.effect
        if !effect.modifiers.corrupt.isEmpty || effect.modifiers.bandwidth > 0 { return true }
        return switch effect.answer {
        case .pass: false
        default: true
        }
    }

    private var keepsDate: Bool {
        decided.verdict.effect.modifiers.clockSkew == .zero && decided.call.sandbox.clock.isMachines
    }

    /// A success, or what the rule puts in its place.
    private func changed(_ head: ResponseHead, _ body: [UInt8], by answer: Effect.Answer) -> Answered {
        let call = decided.call
        switch answer {
        case .late, .lost:
            do throws(WireError) {
                return try pipeline.render([:], as: answer, of: call)
            } catch {
                return pipeline.render(error, of: call)
            }
        case .events(let broken):
            var rendered = Rendered(status: head.status, headers: head.endToEnd, body: body)
            Wire.breakStream(&rendered, after: broken.after, by: broken.error, of: call.identified)
            return Answered(rendered, error: broken.error.code)
        case .pass, .entries, .error, .respond, .raw, .connection, .lostTo:
            return Answered(head, body: body, keepsDate: keepsDate)
        }
    }

    /// Steps 10 and 11.
    private func finish(_ verdict: Verdict, _ answered: Answered, note: String? = nil) -> Reply {
        var answered = answered
        pipeline.apply(verdict.effect, to: &answered, of: decided.call)
        return pipeline.record(
            decided.call, verdict, answered, body: decided.body, input: decided.input, note: note ?? pipeline.passedOn)
    }
}
