// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryServices

/// Calls that wait: parked while their fake's lock is held, asked again when what they wait for may be there, answered
/// through the way back.
extension Pipeline {
    /// Where a call's waiting begins.
    func waiting(_ decided: DecidedCall, _ input: Fields, until end: Timestamp) -> WaitingCall {
        let call = decided.call
        let now = call.sandbox.clock.now
        return WaitingCall(
            exchange: call.request.arrival.exchange, decided: decided, input: input, since: now,
            machineEnd: Monotonic.now &+ max(end - now, .zero).nanoseconds, number: call.sandbox.waits.nextNumber())
    }

    /// Sees to it that a parked call is asked again when the machine's clock ends its wait.
    func watch(_ waiting: WaitingCall) {
        let sandbox = waiting.decided.call.sandbox
        let left = waiting.machineEnd &- Monotonic.now
        let span = Duration.nanoseconds(Int64(clamping: waiting.machineEnd > Monotonic.now ? left : 0))
        let exchange = waiting.exchange
        Waits.after(span) { [weak self, weak sandbox] in
            guard let self, let sandbox, let due = sandbox.waits.take(exchange) else { return }
            askAgain(due)
        }
    }

    /// Wakes those for whom something came.
    func wake(_ wakes: [Wake], in sandbox: Sandbox) {
        for wake in wakes {
            if let moment = wake.at {
                alarm(wake.topic, at: moment, in: sandbox)
            } else if let first = sandbox.waits.takeFirst(of: wake.topic) {
                askAgain(first)
            }
        }
    }

    /// Lets the longest waiting call of a topic be asked at a moment of the sandbox's clock. One that stands still
    /// reaches no moment: who moves it asks all.
    func alarm(_ topic: String, at moment: Timestamp, in sandbox: Sandbox) {
        let reading = sandbox.clock.reading
        guard !reading.isFrozen else { return }
        sandbox.waits.alarm(topic, after: moment - reading.now) { [weak self, weak sandbox] in
            guard let self, let sandbox, let first = sandbox.waits.takeFirst(of: topic) else { return }
            askAgain(first)
        }
    }

    /// Asks a call again that waited. What this wakes in turn is asked by whoever wakes: a chain of dead-letter queues
    /// is as long as it is.
    func askAgain(_ waiting: WaitingCall) {
        if let feed = waiting.feed { return feed.wake() }
        guard let reply = finish(waiting) else { return }
        wayBack.answer(reply, for: waiting.exchange)
    }

    /// Asks all who wait in a sandbox: its clock was moved, or its state taken away.
    func askAll(in sandbox: Sandbox) {
        for waiting in sandbox.waits.takeAll() { askAgain(waiting) }
    }

    /// The client of a waiting call is gone, or has ended its side alone: no message is spent on it. It is answered all
    /// the same, since the connection is kept open for an answer that was promised.
    public func abandoned(_ exchange: ExchangeID) {
        for sandbox in sandboxes.all {
            guard let waiting = sandbox.waits.take(exchange) else { continue }
            if let reply = finishWithNothing(waiting) { wayBack.answer(reply, for: exchange) }
            return
        }
    }
}
