// SPDX-License-Identifier: Apache-2.0

extension Quota {
    /// "Best practices design patterns: optimizing Amazon S3 performance" of the S3 User Guide: requests a second for
    /// each partitioned prefix.
    static let s3: [Quota] = [
        Quota("s3.writesPerPrefix", 3500, per: .prefix, of: .methods(["PUT", "POST", "DELETE"])),
        Quota("s3.readsPerPrefix", 5500, per: .prefix, of: .methods(["GET", "HEAD"])),
    ]

    /// "Amazon SQS message quotas" of the SQS Developer Guide: a FIFO queue without high throughput allows 300 calls a
    /// second of each API action; a batch is one call. With high throughput a partition, and so each message group,
    /// allows as many ("Partitions and data distribution for high throughput for SQS FIFO queues").
    static let sqs: [Quota] =
        queues
        + ["SendMessage", "SendMessageBatch"].map {
            Quota("sqs.group\($0)", 300, per: .group, of: .operations([$0]))
        }

    private static let queues = [
        "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "SendMessageBatch",
        "DeleteMessageBatch", "ChangeMessageVisibilityBatch",
    ].map {
        Quota("sqs.fifo\($0)", 300, per: .member(["QueueUrl"]), of: .operations([$0]), suffix: ".fifo")
    }
}
