// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var listStreams: Handler? { list }

    private static func list(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let limit = min(Int(clamping: members.integer("Limit") ?? .max), KinesisLimits.listedStreams)
        var streams = state.streams(at: call.place, call.now)
        if let token = members.optionalText("NextToken") {
            // The name behind which the next page begins, and when it was given out.
            let parts = Base64.decode(token.utf8).map { String(decoding: $0, as: UTF8.self).split(separator: "/") }
            guard let parts, parts.count == 2, let issued = Int64(parts[1]) else {
                throw call.invalid("The NextToken is invalid.")
            }
            try call.checkToken(issued: Timestamp(milliseconds: issued))
            streams.removeAll { $0.key.name <= String(parts[0]) }
        } else if let name = members.optionalText("ExclusiveStartStreamName") {
            streams.removeAll { $0.key.name <= name }
        }
        let page = streams.prefix(limit)
        var output: Fields = [
            "StreamNames": .list(page.map { .string($0.key.name) }),
            "HasMoreStreams": .bool(page.count < streams.count),
        ]
        if page.count < streams.count, let last = page.last {
            output["NextToken"] = .string(Base64.text("\(last.key.name)/\(call.now.milliseconds)".utf8))
        }
        output["StreamSummaries"] = .list(
            page.map { stream in
                [
                    "StreamName": .string(stream.key.name), "StreamARN": .string(stream.key.arn),
                    "StreamStatus": .string(stream.status.rawValue), "StreamModeDetails": stream.mode,
                    "StreamCreationTimestamp": .timestamp(stream.createdAt),
                ]
            })
        return .output(output)
    }
}

extension FakeCall {
    /// Refuses the token of a page that was given out too long ago.
    func checkToken(issued: Timestamp) throws(WireError) {
        guard now - issued > KinesisLimits.life else { return }
        throw error(
            "ExpiredNextTokenException",
            "The NextToken has expired: it is older than \(KinesisLimits.life.components.seconds) seconds.")
    }
}
