// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryWire

/// A request of which nobody here knows what is meant: the upstream's answer is the client's as it is.
final class ForwardedUnknown: ForwardReceiver {
    private let pipeline: Pipeline
    private let request: Incoming
    private let refusal: UnidentifiedRequest

    init(_ pipeline: Pipeline, _ request: Incoming, _ refusal: UnidentifiedRequest) {
        self.pipeline = pipeline
        self.request = request
        self.refusal = refusal
    }

    func answered(_ head: ResponseHead) -> ForwardDecision {
        if head.status >= 400 { return .collect(limit: ForwardedCall.heldBytes) }
        return .stream(finish(Answered(head)).streamed())
    }

    func collected(_ head: ResponseHead, body: [UInt8]) -> Reply {
        finish(Answered(head, body: body, error: ReadError(headers: head.headers, body: body)?.code))
    }

    func failed(_ failure: ForwardFailure) -> Reply {
        var refusal = refusal
        refusal.error = pipeline.unavailable(failure)
        refusal.note = refusal.error.message ?? pipeline.passedOn
        return pipeline.refuse(request, refusal)
    }

    func passed(_ bytes: [UInt8]) {}

    func ended(whole: Bool) {}

    private func finish(_ answered: Answered) -> Reply {
        pipeline.recorder?.takeUnknown(method: request.head.method, path: request.path)
        return pipeline.record(request, refusal, note: pipeline.passedOn) { _ in answered }
    }
}
