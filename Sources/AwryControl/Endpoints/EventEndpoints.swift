// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `events`: what happens, as it happens.
    static var eventEndpoints: [Endpoint] {
        [Endpoint("GET", "events") { (request, server) throws(ControlError) in try events(request, server) }]
    }

    private static let known = ["sandbox", "heartbeat"]

    private static func events(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        for name in request.query.map(\.name) where !known.contains(name) {
            throw ControlError(400, "unknown parameter `\(name)`\(Nearest.question(for: name, among: known))")
        }
        var pause = EventListener.heartbeat
        if let text = request.parameter("heartbeat") {
            guard let span = SpanText.parse(text), span >= .milliseconds(100), span <= .seconds(600) else {
                throw ControlError(400, "heartbeat=\(text): expected a time from 100ms to 10m")
            }
            pause = span
        }
        guard server.events.hasRoom else {
            throw ControlError(503, "\(EventHub.mostListeners) clients listen already")
        }
        var answer = ControlAnswer(status: 200, contentType: "text/event-stream", body: [])
        answer.source = EventListener(server.events, sandbox: request.sandbox, heartbeat: pause)
        return answer
    }
}
