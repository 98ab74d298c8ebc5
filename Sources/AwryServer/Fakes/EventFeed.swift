// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryWire
import Synchronization

/// A stream of events that its fake goes on with: asked for its next part whenever the client has taken the one before.
///
/// The parts are asked for on the connection's loop; other threads only say that a sign of life is due.
final class EventFeed: StreamSource {
    private struct State {
        var first: [UInt8]
        /// Which stream of the fake's goes on; nil once it is over.
        var stream: UInt64?
        /// How many events may still come before a rule breaks the stream.
        var left: Int?
        var isPulse = false
        var wake: (@Sendable () -> Void)?
    }

    /// How long a stream stays silent by the machine's clock. Clients give up after a minute, or sooner.
    private static let pulse = Duration.seconds(5)

    private let pipeline: Pipeline
    private let waiting: WaitingCall
    private let breakBy: WireError?
    private let state: Mutex<State>

    /// The rest of an answer whose first bytes are these; a rule that breaks it lets so many events more pass.
    init(
        _ pipeline: Pipeline, _ waiting: WaitingCall, stream: UInt64, first: [UInt8],
        breaks: (after: Int, by: WireError)?
    ) {
        self.pipeline = pipeline
        self.waiting = waiting
        breakBy = breaks?.by
        state = Mutex(State(first: first, stream: stream, left: breaks?.after))
    }

    func begin(wake: @escaping @Sendable () -> Void) {
        state.withLock { $0.wake = wake }
        startPulse()
    }

    /// Has the client's connection take the next part.
    func wake() { state.withLock(\.wake)?() }

    func take() -> [UInt8]? {
        let (first, stream, isPulse) = state.withLock { state in
            defer {
                state.first = []
                state.isPulse = false
            }
            return (state.first, state.stream, state.isPulse)
        }
        if !first.isEmpty { return first }
        guard let stream else { return nil }
        do throws(WireError) {
            var waiting = waiting
            waiting.feed = self
            let performed = try pipeline.goOn(waiting, stream: stream, isPulse: isPulse)
            guard case .events(let output, let next, _) = performed else { return [] }
            let bytes = try part(output, next)
            return bytes.isEmpty && next == nil ? nil : bytes
        } catch {
            return end(by: error)
        }
    }

    /// A part as it goes over the wire, with the error behind it if a rule breaks the stream there.
    private func part(_ output: Fields, _ next: UInt64?) throws(WireError) -> [UInt8] {
        let call = waiting.decided.call.identified
        state.withLock { $0.stream = next }
        guard let breakBy, let left = state.withLock(\.left) else { return try Wire.encodeEvents(output, of: call) }
        let events = output.events(of: call)
        state.withLock { $0.left = left - events.count }
        guard events.count >= left else { return try Wire.encodeEvents(output, of: call) }
        return try Wire.encodeEvents(output.keeping(left, of: call), of: call) + end(by: breakBy)
    }

    private func end(by error: WireError) -> [UInt8] {
        state.withLock { $0.stream = nil }
        return Wire.encodeEvent(error, of: waiting.decided.call.identified)
    }

    func ended() {
        state.withLock { state in
            state.stream = nil
            state.wake = nil
        }
        _ = waiting.decided.call.sandbox.waits.take(waiting.exchange)
    }

    /// Gives signs of life from now on, as long as there is a client to take them.
    private func startPulse() {
        Waits.after(Self.pulse) { [weak self] in
            guard let self else { return }
            let goesOn = state.withLock { state in
                state.isPulse = state.stream != nil
                return state.isPulse
            }
            guard goesOn else { return }
            _ = waiting.decided.call.sandbox.waits.take(waiting.exchange)
            wake()
            startPulse()
        }
    }
}

extension Fields {
    /// The events of an output's stream.
    func events(of call: IdentifiedCall) -> [Value] {
        call.operation.output.flatMap { call.service.eventStream(of: call.service[$0]) }
            .flatMap { self[$0.name]?.list } ?? []
    }

    /// The same output with so many events.
    func keeping(_ count: Int, of call: IdentifiedCall) -> Fields {
        guard let member = call.operation.output.flatMap({ call.service.eventStream(of: call.service[$0]) }) else {
            return self
        }
        var kept = self
        kept[member.name] = .list(Array(events(of: call).prefix(Swift.max(0, count))))
        return kept
    }
}
