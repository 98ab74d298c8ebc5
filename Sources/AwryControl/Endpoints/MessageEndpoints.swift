// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension ControlInterface {
    /// `messages`: what would have gone out to people.
    static var messageEndpoints: [Endpoint] {
        [Endpoint("GET", "messages") { (request, server) throws(ControlError) in try messages(request, server) }]
    }

    private static func messages(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let channel = try request.parameter("channel").map { (name) throws(ControlError) in
            if let channel = OutboxMessage.Channel(rawValue: name) { return channel }
            throw ControlError(400, "channel=\(name): expected sms or email")
        }
        var found: [(sandbox: String, message: OutboxMessage)] = []
        var dropped = 0
        for sandbox in server.sandboxes(request.sandbox) {
            let contents = sandbox.outbox.contents
            dropped += contents.dropped
            found += contents.messages.map { (sandbox.name, $0) }
        }
        let to = request.parameter("to")
        let chosen = found.filter { entry in
            channel.map { $0 == entry.message.channel } ?? true && to.map { $0 == entry.message.recipient } ?? true
        }
        return .json(["messages": .list(chosen.map(value)), "dropped": .integer(Int64(dropped))])
    }

    private static func value(sandbox: String, message: OutboxMessage) -> Value {
        [
            "sandbox": .string(sandbox), "time": .string(TimeFormats.iso8601(message.time)),
            "service": .string(message.service), "channel": .string(message.channel.rawValue),
            "to": .string(message.recipient), "subject": message.subject.map { .string($0) } ?? .null,
            "text": .string(message.text),
        ]
    }
}
