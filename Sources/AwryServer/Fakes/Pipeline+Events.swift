// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// Streams of events that a fake goes on with after the answer has begun.
extension Pipeline {
    /// Asks the fake for the next part of a stream; parked where there is none yet.
    func goOn(_ waiting: WaitingCall, stream: UInt64, isPulse: Bool) throws(WireError) -> Performed {
        try performFake(waiting.decided, waiting.input, waiting, stream: stream, isPulse: isPulse) ?? .waiting
    }

    /// The reply whose first part this output is. A rule that breaks the answer otherwise, or within this part, leaves
    /// nothing to go on with.
    func begin(
        _ output: Fields, stream: UInt64?, until end: Timestamp, of decided: DecidedCall, input: Fields
    ) throws(WireError) -> Reply {
        let answer = decided.verdict.effect.answer
        let call = decided.call.identified
        var breaks: (after: Int, by: WireError)?
        if case .events(let broken) = answer {
            breaks = (broken.after - output.events(of: call).count, broken.error)
        }
        guard let stream, breaks.map({ $0.after > 0 }) ?? true else {
            return send(try render(output, as: answer, of: decided.call), of: decided, input: input)
        }
        let answered =
            breaks == nil
            ? try render(output, as: answer, of: decided.call) : try render(output, of: decided.call)
        var reply = send(answered, of: decided, input: input)
        guard answered.error == nil, case .message(var message) = reply.content else { return reply }
        let first = message.body
        message.body = []
        let waiting = waiting(decided, input, until: end)
        let feed = EventFeed(self, waiting, stream: stream, first: first, breaks: breaks)
        watch(waiting)
        reply.content = .live(message, feed)
        return reply
    }
}
