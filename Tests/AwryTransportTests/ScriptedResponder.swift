// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import Dispatch
import Synchronization

/// Answers by the request's path, and remembers what it was told.
final class ScriptedResponder: Responder {
    final class Pending: PendingRequest {
        let head: RequestHead
        let arrival: Arrival
        init(_ head: RequestHead, _ arrival: Arrival) {
            self.head = head
            self.arrival = arrival
        }
    }

    struct Seen {
        var heads: [String] = []
        var arrivals: [Arrival] = []
        var deliveries: [UInt64: Delivery] = [:]
        var promised: [ExchangeID] = []
        var abandoned: [ExchangeID] = []
    }

    let seen = Mutex(Seen())
    /// Signalled for every head, promise, delivery and abandonment.
    let happened = DispatchSemaphore(value: 0)

    func head(_ head: RequestHead, _ arrival: Arrival) -> HeadDecision {
        seen.withLock {
            $0.heads.append("\(head.method) \(head.target)")
            $0.arrivals.append(arrival)
        }
        happened.signal()
        if head.isConnect { return .tunnel(host: "tunnel") }
        let path = String(decoding: head.path, as: UTF8.self)
        if path.hasPrefix("/fault") { return .answer(broken(head.target)) }
        if path.hasPrefix("/now") { return .answer(reply(path, "now")) }
        return .readBody(pending: Pending(head, arrival), BodyPlan(limit: 64 << 20, mayLieInFile: true))
    }

    func body(_ body: ReceivedBody, of pending: any PendingRequest) -> BodyDecision {
        guard let pending = pending as? Pending else { return .answer(reply("", "?")) }
        let path = String(decoding: pending.head.path, as: UTF8.self)
        if path == "/later" {
            seen.withLock { $0.promised.append(pending.arrival.exchange) }
            happened.signal()
            return .later
        }
        if path == "/length" { return .answer(reply(path, "\(body.data.count)")) }
        return .answer(reply(path, "\(path):\(String(decoding: body.data.bytes, as: UTF8.self))"))
    }

    func delivered(_ token: UInt64, _ delivery: Delivery) {
        seen.withLock { $0.deliveries[token] = delivery }
        happened.signal()
    }

    func abandoned(_ exchange: ExchangeID) {
        seen.withLock { $0.abandoned.append(exchange) }
        happened.signal()
    }

    /// The exchanges promised since the last call.
    func takePromised() -> [ExchangeID] {
        seen.withLock { seen in
            defer { seen.promised = [] }
            return seen.promised
        }
    }

    /// Waits until `condition` holds of what was seen; whether it did in ten seconds.
    func wait(_ condition: (Seen) -> Bool) -> Bool {
        while !seen.withLock({ condition($0) }) {
            if happened.wait(timeout: .now() + 10) == .timedOut { return false }
        }
        return true
    }

    /// `/fault/NAME`, `/fault/NAME/AFTER`: an answer of 1,000 bytes, broken so.
    private func broken(_ path: String) -> Reply {
        let parts = path.split(separator: "/")
        guard parts.count > 1, let kind = FaultKind.named(String(parts[1])) else { return reply("", "no such fault") }
        let message = Reply.Message(status: 200, body: [UInt8](repeating: UInt8(ascii: "x"), count: 1000))
        let fault = ConnectionFault(kind, after: parts.count > 2 ? Int(parts[2]) : nil)
        return Reply(.broken(kind.cutsAnswer ? message : nil, fault), token: 7)
    }

    private func reply(_ path: String, _ text: String) -> Reply {
        var body = Array(text.utf8)
        if path.contains("large") { body = [UInt8](repeating: UInt8(ascii: "x"), count: 8 << 20) }
        return Reply(
            .message(Reply.Message(status: 200, headers: [Header("Content-Type", "text/plain")], body: body)),
            delay: path.contains("slow") ? .milliseconds(80) : .zero, closes: path.contains("close"),
            token: path.contains("token") ? 7 : 0)
    }
}

/// A path's bytes, for a request without a body.
func get(_ path: String, _ headers: String = "") -> String {
    "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n"
}
