// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryServices

/// What tests of queues ask for often.
extension Bench where Fake == SQS {
    /// Makes a queue and gives its URL.
    mutating func queue(_ name: String = "orders", _ attributes: Fields = [:]) throws -> Value {
        var attributes = attributes
        if name.hasSuffix(".fifo") { attributes["FifoQueue"] = "true" }
        let output = try call("CreateQueue", ["QueueName": .string(name), "Attributes": .structure(attributes)])
        return try #require(output["QueueUrl"])
    }

    @discardableResult
    mutating func send(_ url: Value, _ body: String, _ more: Fields = [:]) throws -> Fields {
        var input: Fields = ["QueueUrl": url, "MessageBody": .string(body)]
        for (name, value) in more { input[name] = value }
        return try call("SendMessage", input)
    }

    mutating func receive(_ url: Value, _ more: Fields = ["MaxNumberOfMessages": 10]) throws -> [Fields] {
        var input: Fields = ["QueueUrl": url]
        for (name, value) in more { input[name] = value }
        return try call("ReceiveMessage", input)["Messages"]?.list?.compactMap(\.fields) ?? []
    }

    mutating func bodies(_ url: Value, _ more: Fields = ["MaxNumberOfMessages": 10]) throws -> [String] {
        try receive(url, more).compactMap { $0["Body"]?.string }
    }

    mutating func delete(_ url: Value, _ message: Fields) throws {
        try call("DeleteMessage", ["QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"] ?? ""])
    }

    mutating func attribute(_ url: Value, _ name: String) throws -> String? {
        let output = try call("GetQueueAttributes", ["QueueUrl": url, "AttributeNames": [.string(name)]])
        return output["Attributes"]?.fields?[name]?.string
    }
}
