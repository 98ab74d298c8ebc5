// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var sendMessageBatch: Handler? { sendBatch }
    static var deleteMessageBatch: Handler? { deleteBatch }
    static var changeMessageVisibilityBatch: Handler? { changeBatch }

    /// The most bytes in a batch.
    private static let batchSize = 1_048_576

    private static func sendBatch(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        let entries = try entries(of: call, "SendMessageBatchRequestEntry")
        let size = entries.reduce(0) { $0 + $1.text("MessageBody").utf8.count + attributeSize($1) }
        if size > batchSize {
            throw call.error(
                "BatchRequestTooLong",
                "Batch requests cannot be longer than \(batchSize) bytes. You have sent \(size) bytes.")
        }
        guard let attributes = state.queues[key]?.attributes else { throw call.error("QueueDoesNotExist") }
        try Outgoing.checkFIFO(entries, for: attributes, call)
        try state.checkKey(attributes.key, for: "GenerateDataKey", call)
        return try results(entries, call) { (entry) throws(WireError) in
            try state.put(try Outgoing(entry, of: call), into: key, call)
        }
    }

    private static func attributeSize(_ entry: InputReader) -> Int {
        entry.fields("MessageAttributes").reduce(0) { size, attribute in
            let fields = attribute.value.fields
            let bytes = if case .blob(let blob) = fields?["BinaryValue"] { blob.count } else { 0 }
            let texts = (fields?["DataType"]?.string ?? "") + (fields?["StringValue"]?.string ?? "")
            return size + attribute.name.utf8.count + texts.utf8.count + bytes
        }
    }

    private static func deleteBatch(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        let entries = try entries(of: call, "DeleteMessageBatchRequestEntry")
        return try results(entries, call) { (entry) throws(WireError) in
            try state.delete(entry.text("ReceiptHandle"), from: key, call)
            return [:]
        }
    }

    private static func changeBatch(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.key(of: call)
        let entries = try entries(of: call, "ChangeMessageVisibilityBatchRequestEntry")
        return try results(entries, call) { (entry) throws(WireError) in
            try state.changeVisibility(
                entry.text("ReceiptHandle"), to: entry.integer("VisibilityTimeout"), in: key, call)
            return [:]
        }
    }

    /// The entries of a batch, one to ten of them, each with an id of its own.
    private static func entries(of call: FakeCall, _ kind: String) throws(WireError) -> [InputReader] {
        let entries = call.members.structures("Entries")
        if entries.isEmpty {
            throw call.error("EmptyBatchRequest", "There should be at least one \(kind) in the request.")
        }
        if entries.count > 10 {
            throw call.error(
                "TooManyEntriesInBatchRequest",
                "Maximum number of entries per request are 10. You have sent \(entries.count).")
        }
        var seen: Set<String> = []
        for entry in entries {
            let id = entry.text("Id")
            guard (1...80).contains(id.utf8.count), id.utf8.allSatisfy(isNameLetter) else {
                throw call.error("InvalidBatchEntryId")
            }
            guard seen.insert(id).inserted else {
                throw call.error("BatchEntryIdsNotDistinct", "Id \(id) repeated.")
            }
        }
        return entries
    }

    /// Carries each entry out by itself: what fails stands beside what succeeds.
    private static func results(
        _ entries: [InputReader], _ call: FakeCall, _ work: (InputReader) throws(WireError) -> Fields
    ) throws(WireError) -> Outcome {
        var (successful, failed): ([Value], [Value]) = ([], [])
        for entry in entries {
            var result: Fields = ["Id": .string(entry.text("Id"))]
            do throws(WireError) {
                for (name, value) in try work(entry) { result[name] = value }
                successful.append(.structure(result))
            } catch {
                result["SenderFault"] = .bool(error.fault == .client)
                result["Code"] = .string(error.code)
                if let message = error.message { result["Message"] = .string(message) }
                failed.append(.structure(result))
            }
        }
        var output: Fields = [:]
        if !successful.isEmpty { output["Successful"] = .list(successful) }
        if !failed.isEmpty { output["Failed"] = .list(failed) }
        return .output(output)
    }
}
