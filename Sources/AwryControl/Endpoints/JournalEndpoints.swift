// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryScenario
import Dispatch
import Synchronization

extension ControlInterface {
    /// `requests`: the journal, newest last.
    static var journalEndpoints: [Endpoint] {
        [
            Endpoint(later: "GET", "requests") { (request, server, send) throws(ControlError) in
                let filter = try filter(of: request)
                let sandboxes = server.sandboxes(request.sandbox)
                guard let wanted = try wait(of: request) else { return send(answer(sandboxes, filter)) }
                guard sandboxes.count == 1, let sandbox = sandboxes.first else {
                    throw ControlError(400, "wait= needs one sandbox; \(sandboxes.count) are meant")
                }
                hold(wanted, filter, in: sandbox) { send(answer(sandboxes, filter)) }
            }
        ]
    }

    private static func answer(_ sandboxes: [ControlledSandbox], _ filter: JournalFilter) -> ControlAnswer {
        let entries = sandboxes.flatMap { $0.journal.entries(filter) }.sorted { $0.arrived < $1.arrived }
        let dropped = sandboxes.reduce(0) { $0 + $1.journal.dropped }
        return .json(["requests": .list(entries.map(\.value)), "dropped": .integer(Int64(dropped))])
    }

    /// The filters in a request's query.
    static func filter(of request: ControlRequest) throws(ControlError) -> JournalFilter {
        var filter = JournalFilter()
        for (name, value) in request.query {
            switch name {
            case "service":
                try checkService(value)
                filter.service = Glob(value, ignoringCase: true)
            case "operation": filter.operation = Glob(value, ignoringCase: true)
            case "status": filter.status = try number(name, value)
            case "error": filter.error = value
            case "rule": filter.rule = value
            case "invocation": filter.invocation = value
            case "id": filter.id = value
            case "since":
                guard let moment = TimeFormats.parseISO8601(value) else {
                    throw ControlError(400, "since=\(value): expected a moment like 2026-03-01T12:00:00Z")
                }
                filter.since = moment
            default: break
            }
        }
        return filter
    }

    /// A misspelt service would be one that nobody called, which is what many a test wants to see.
    private static func checkService(_ name: String) throws(ControlError) {
        guard let literal = Glob(name).literal, !literal.isEmpty else { return }
        guard Catalogue.shared.service(literal.lowercased()) == nil else { return }
        let question = Nearest.question(for: literal, among: Catalogue.shared.serviceNames)
        throw ControlError(400, "service=\(name): no such service\(question)")
    }

    /// How long to wait for how many; nil where the request does not wait.
    private static func wait(of request: ControlRequest) throws(ControlError) -> (time: Duration, count: Int)? {
        guard let text = request.parameter("wait") else { return nil }
        guard let time = SpanText.parse(text), time >= .zero, time <= .seconds(600) else {
            throw ControlError(400, "wait=\(text): expected a time like 2s, at most 10m")
        }
        return (
            time, try request.parameter("count").map { value throws(ControlError) in try number("count", value) } ?? 1
        )
    }

    private static func number(_ name: String, _ value: String) throws(ControlError) -> Int {
        guard let number = Int(value), number >= 0 else {
            throw ControlError(400, "\(name)=\(value): expected a whole number")
        }
        return number
    }

    /// Calls `then` once: when the journal holds enough entries, or the time is up.
    private static func hold(
        _ wanted: (time: Duration, count: Int), _ filter: JournalFilter, in sandbox: ControlledSandbox,
        then: @escaping @Sendable () -> Void
    ) {
        let once = Once(then)
        guard let waiter = sandbox.journal.wait(for: wanted.count, filter, then: { once.call() }) else { return }
        let (seconds, attoseconds) = wanted.time.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) {
            _ = sandbox.journal.cancel(waiter)
            once.call()
        }
    }

    /// Something that is done at most once, by whoever comes first.
    private final class Once: Sendable {
        private let isDone = Atomic(false)
        private let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }

        func call() {
            if isDone.exchange(true, ordering: .acquiringAndReleasing) == false { body() }
        }
    }
}
