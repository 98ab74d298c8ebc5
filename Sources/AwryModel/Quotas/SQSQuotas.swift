// SPDX-License-Identifier: Apache-2.0

/// "Amazon SQS message quotas" of the SQS Developer Guide: each counts the calls of one API action; a batch is one.
extension Quota {
    /// A FIFO queue without high throughput allows 300 calls a second. With it a partition, and so each message group,
    /// allows as many ("Partitions and data distribution for high throughput for SQS FIFO queues"), and the queue as
    /// many as its region does.
    static let sqs: [Quota] =
        actions.map {
            Quota("sqs.fifo\($0)", 300, per: .member(["QueueUrl"]), of: .operations([$0]), suffix: ".fifo")
        }
        + ["SendMessage", "SendMessageBatch"].map {
            Quota("sqs.group\($0)", 300, per: .group, of: .operations([$0]))
        }
        + actions.map {
            Quota("sqs.highThroughput\($0)", 2400, in: highThroughput, per: .fastQueue, of: .operations([$0]))
        }

    private static let actions = [
        "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "SendMessageBatch",
        "DeleteMessageBatch", "ChangeMessageVisibilityBatch",
    ]

    /// What queues for high throughput allow where it is more than in all other regions.
    private static let highThroughput: [String: Double] = [
        "us-east-1": 70_000, "us-west-2": 70_000, "eu-west-1": 70_000,
        "us-east-2": 19_000, "eu-central-1": 19_000,
        "ap-south-1": 9_000, "ap-southeast-1": 9_000, "ap-southeast-2": 9_000, "ap-northeast-1": 9_000,
        "eu-west-2": 4_500, "sa-east-1": 4_500,
    ]
}
