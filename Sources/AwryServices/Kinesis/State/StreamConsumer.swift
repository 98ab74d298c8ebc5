// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A consumer with a throughput of its own.
struct StreamConsumer: Sendable {
    let name: String
    let createdAt: Timestamp
    var status = StreamStatus.creating
    /// When its status changes, if it is to.
    var changesAt: Timestamp?
    var labels: StreamLabels

    /// Its ARN, as that of a consumer of this stream.
    func arn(of stream: StreamKey) -> String { "\(stream.arn)/consumer/\(name):\(createdAt.seconds)" }

    /// As operations tell of it.
    func value(of stream: StreamKey) -> Fields {
        [
            "ConsumerName": .string(name), "ConsumerARN": .string(arn(of: stream)),
            "ConsumerStatus": .string(status.rawValue), "ConsumerCreationTimestamp": .timestamp(createdAt),
        ]
    }
}

/// What is said of a stream or a consumer beside what it is.
struct StreamLabels: Sendable {
    var tags: [String: String]
    /// Who may use it: a resource policy's text.
    var policy: String?
}

/// What a stream or a consumer is about to be.
enum StreamStatus: String, Sendable {
    case creating = "CREATING"
    case active = "ACTIVE"
    case updating = "UPDATING"
    case deleting = "DELETING"
}

/// One reading of one shard by one consumer, pushed to it.
struct ShardSubscription: Sendable {
    let number: UInt64
    let stream: StreamKey
    let consumer: String
    let shard: UInt32
    let startedAt: Timestamp
    /// The number of the next record.
    var position: UInt64
    /// Whether the shard was read to its end.
    var isOver = false

    var endsAt: Timestamp { startedAt + KinesisLimits.life }
    /// What its waiting call waits for.
    var topic: String { Self.topic(number) }

    static func topic(_ number: UInt64) -> String { "kinesis subscription \(number)" }
}
