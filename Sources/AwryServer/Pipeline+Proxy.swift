// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario
import AwryWire

extension Pipeline {
    /// Step 2 for a request whose target names a host: nil where it is to be served like any other. A server that is no
    /// proxy serves absolute targets all the same (RFC 9112 3.2.2), whatever host they name.
    func proxied(_ head: RequestHead, _ arrival: Arrival) -> HeadDecision? {
        guard let authority = head.targetAuthority else { return nil }
        guard let hosts = options.proxied else {
            guard head.isConnect else { return nil }
            return .answer(refuse(head, arrival, status: 501, "NotAProxy", "this is no proxy: start it with --proxy"))
        }
        let host = HostName.withoutPort(authority)
        let name = String(decoding: host, as: UTF8.self)
        guard hosts.cover(host) else {
            let message = "\(name) is not proxied: \(ProxiedHosts.description)"
            return .answer(refuse(head, arrival, status: 403, "NotProxied", message))
        }
        guard head.isConnect else { return nil }
        let isBracketed = name.hasPrefix("[") && name.hasSuffix("]")
        return .tunnel(host: (isBracketed ? String(name.dropFirst().dropLast()) : name).lowercased())
    }

    /// The message is the reason phrase too: of an answer to CONNECT, clients show no more.
    private func refuse(
        _ head: RequestHead, _ arrival: Arrival, status: Int, _ code: String, _ message: String
    ) -> Reply {
        let sandbox = sandboxes.sandbox(SandboxName.standard)
        let id = sandbox.identifiers.requestID()
        let attempt = CallAttempt(call: id, number: 1)
        let origin = RequestOrigin(
            method: head.method, path: head.target, host: head.hostText ?? "",
            userAgent: head.text("user-agent"))
        var entry = JournalEntry(
            id: id, sandbox: sandbox.name, time: SystemClock().now, arrived: arrival.at, origin: origin,
            attempt: attempt)
        entry.note = message
        let token = sandbox.begin(entry, status: status, error: code)
        let answer = Reply.Message(
            status: status, reason: message, headers: [Header("Content-Type", "text/plain; charset=utf-8")],
            body: Array("\(status) \(code): \(message)\n".utf8))
        return Reply(.message(answer), closes: true, token: token)
    }
}
