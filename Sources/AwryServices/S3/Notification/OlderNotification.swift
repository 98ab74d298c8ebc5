// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The older operations: one destination of each sort, and no filters. At the same address the newer ones are meant, so
/// only a rule or a setup asks for these by name.
extension S3 {
    /// The older members by the newer ones' lists: the structure, and its member with the ARN.
    private static let older: [NotificationRule.Destination: (name: String, arn: String)] = [
        .queue: ("QueueConfiguration", "Queue"), .topic: ("TopicConfiguration", "Topic"),
        .function: ("CloudFunctionConfiguration", "CloudFunction"),
    ]

    static var getBucketNotification: Handler? {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            var output: Fields = [:]
            for rule in NotificationRule.all(bucket.configuration[.notification] ?? [:]).reversed() {
                guard let (name, arn) = older[rule.destination] else { continue }
                output[name] = [
                    "Id": .string(rule.id), "Events": .list(rule.events.map { .string($0) }), arn: .string(rule.arn),
                ]
            }
            return .output(output)
        }
    }

    static var putBucketNotification: Handler? {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            let document = try call.document("NotificationConfiguration")
            var kept: Fields = [:]
            for destination in NotificationRule.Destination.allCases {
                guard let (name, arn) = older[destination], let rule = document.structure(name) else { continue }
                let events = rule.texts("Events") + [rule.text("Event")].filter { !$0.isEmpty }
                let id = rule.optionalText("Id") ?? state.identifiers.uuid()
                guard !events.isEmpty else { throw call.malformedXML() }
                kept[destination.rawValue] = [
                    [
                        "Id": .string(id), destination.member: .string(rule.text(arn)),
                        "Events": .list(events.map { .string($0) }),
                    ]
                ]
            }
            try state.adopt(kept, for: index, call)
            return .output([:])
        }
    }
}
