// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryWire

/// Step 8 where another server stands behind this one: what no rule decides is its to answer. It authenticates and
/// validates too; here only the rules and AWS's quotas come before it.
extension Pipeline {
    /// What a decided call sends upstream; nil where the answer is made here.
    func forward(_ decided: DecidedCall) -> Forward? {
        guard options.unscripted == .upstream, decided.call.identified.dialect != .metadata else { return nil }
        switch decided.verdict.effect.answer {
        case .error, .raw, .respond, .entries: return nil
        case .connection(let fault) where !fault.kind.cutsAnswer: return nil
        case .events(let broken) where broken.output != nil: return nil
        case .pass, .connection, .late, .lost, .lostTo, .events: break
        }
        let request = decided.call.request
        return Forward(
            request.head, pathStart: request.pathStart, body: decided.body.sent ?? Blob([]),
            receiver: ForwardedCall(self, decided))
    }

    /// A request of which nobody knows what is meant, for the upstream to answer.
    func forward(_ request: Incoming, _ refusal: UnidentifiedRequest, body: Blob) -> Forward {
        Forward(
            request.head, pathStart: request.pathStart, body: body,
            receiver: ForwardedUnknown(self, request, refusal))
    }

    /// Step 7 for a call that is passed on: whether AWS's quotas leave room for it. Nothing of it can be carried out
    /// alone, so that a batch of which they leave no room for some fails whole.
    func throttled(_ decided: DecidedCall) -> WireError? {
        guard let input = decided.input ?? (try? read(decided.call, decided.body)) else { return nil }
        do throws(WireError) {
            return try throttle(decided.call, input).first?.error
        } catch {
            return error
        }
    }

    /// What the journal says of a call that was passed on.
    var passedOn: String { "passed on to \(options.upstream ?? "the upstream")" }

    /// What a client hears where there is no answer to pass on.
    func unavailable(_ failure: ForwardFailure) -> WireError {
        WireError(
            "ServiceUnavailable", status: 503,
            message: "The upstream \(options.upstream ?? "") gave no answer: \(failure.message)")
    }
}

extension Answered {
    /// An answer as the upstream gave it, but for what concerned the connection to it. Its date is left out where the
    /// sandbox's clock shows another.
    init(_ head: ResponseHead, body: [UInt8] = [], keepsDate: Bool = true, error: String? = nil) {
        content = .message(
            Reply.Message(
                status: head.status, reason: head.reason.isEmpty ? nil : head.reason,
                headers: head.endToEnd.filter { keepsDate || $0.name.lowercased() != "date" }, body: body))
        self.error = error
    }
}

extension Reply {
    /// The same answer with its body still to come.
    consuming func streamed() -> Reply {
        if case .message(let message) = content { content = .streamed(message) }
        return self
    }
}
