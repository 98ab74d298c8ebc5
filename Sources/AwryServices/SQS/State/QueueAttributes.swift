// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A queue's attributes that can be set: numbers within limits, switches and documents.
///
/// Limits and defaults from the API reference's SetQueueAttributes.
struct QueueAttributes: Sendable, Hashable {
    var isFIFO = false
    var visibilityTimeout: Int64 = 30
    var delay: Int64 = 0
    var maximumSize: Int64 = 1_048_576
    var retention: Int64 = 345_600
    var receiveWait: Int64 = 0
    var keyReuse: Int64 = 300
    var key = ""
    var managesKeys = true
    var policy = ""
    var redrive: RedrivePolicy?
    var redriveAllow: RedriveAllowPolicy?
    var deduplicatesByContent = false
    var deduplicationScope = "queue"
    var throughputLimit = "perQueue"

    struct Number: Sendable {
        let path: any WritableKeyPath<QueueAttributes, Int64> & Sendable
        let range: ClosedRange<Int64>
    }

    /// The attributes that are numbers, and what they may be.
    static let numbers: [String: Number] = [
        "VisibilityTimeout": Number(path: \.visibilityTimeout, range: 0...43_200),
        "DelaySeconds": Number(path: \.delay, range: 0...900),
        "MaximumMessageSize": Number(path: \.maximumSize, range: 1024...1_048_576),
        "MessageRetentionPeriod": Number(path: \.retention, range: 60...1_209_600),
        "ReceiveMessageWaitTimeSeconds": Number(path: \.receiveWait, range: 0...20),
        "KmsDataKeyReusePeriodSeconds": Number(path: \.keyReuse, range: 60...86_400),
    ]

    /// The attributes that only FIFO queues have.
    static let fifoOnly: Set<String> = [
        "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit",
    ]

    /// What is given in reading, in the order in which it is listed; those of counts and moments are the queue's.
    func text(of name: String) -> String? {
        if let number = Self.numbers[name] {
            return name == "KmsDataKeyReusePeriodSeconds" && key.isEmpty ? nil : String(self[keyPath: number.path])
        }
        switch name {
        case "Policy": return policy.isEmpty ? nil : policy
        case "RedrivePolicy": return redrive?.text
        case "RedriveAllowPolicy": return redriveAllow?.text
        case "KmsMasterKeyId": return key.isEmpty ? nil : key
        case "SqsManagedSseEnabled": return managesKeys && key.isEmpty ? "true" : "false"
        case "FifoQueue": return isFIFO ? "true" : nil
        case "ContentBasedDeduplication": return isFIFO ? String(deduplicatesByContent) : nil
        case "DeduplicationScope": return isFIFO ? deduplicationScope : nil
        case "FifoThroughputLimit": return isFIFO ? throughputLimit : nil
        default: return nil
        }
    }

    /// What nobody sets.
    static let counted = [
        "QueueArn", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed", "CreatedTimestamp", "LastModifiedTimestamp",
    ]

    /// Whether queues have an attribute of this name.
    static func isName(_ name: String) -> Bool { counted.contains(name) || settable.contains(name) }

    /// The names that `text(of:)` knows.
    static let settable = [
        "VisibilityTimeout", "MaximumMessageSize", "MessageRetentionPeriod", "DelaySeconds",
        "ReceiveMessageWaitTimeSeconds", "Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled", "FifoQueue", "ContentBasedDeduplication",
        "DeduplicationScope", "FifoThroughputLimit",
    ]
}

/// Where messages go that were received too often.
struct RedrivePolicy: Sendable, Hashable {
    let target: String
    let maxReceiveCount: Int64

    /// As it is read back, whatever order and types it was written in.
    var text: String {
        JSON.text(["deadLetterTargetArn": .string(target), "maxReceiveCount": .integer(maxReceiveCount)])
    }
}

/// Which queues may use this one as their dead-letter queue.
struct RedriveAllowPolicy: Sendable, Hashable {
    let permission: String
    let sources: [String]

    var text: String {
        var fields: Fields = ["redrivePermission": .string(permission)]
        if permission == "byQueue" { fields["sourceQueueArns"] = .list(sources.map { .string($0) }) }
        return JSON.text(.structure(fields))
    }

    /// Whether a queue may.
    func allows(_ arn: String) -> Bool {
        permission == "allowAll" || permission == "byQueue" && sources.contains(arn)
    }
}
