// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Reads the attributes that a call sets: CreateQueue and SetQueueAttributes alike.
struct AttributeReading {
    let call: FakeCall
    /// The queue whose attributes they are.
    let key: QueueKey
    /// The queues that there are.
    let queues: [QueueKey: Queue]

    /// Sets what is given. Texts that are empty take an attribute back to its default.
    func apply(_ given: Fields, to attributes: inout QueueAttributes) throws(WireError) {
        let managesKeys = given["SqsManagedSseEnabled"]?.string?.lowercased() == "true"
        if managesKeys, given["KmsMasterKeyId"]?.string?.isEmpty == false {
            throw call.error(
                "InvalidAttributeName",
                "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or "
                    + "SQS SSE.")
        }
        for (name, value) in given {
            guard let text = value.string else { throw invalid(name) }
            if QueueAttributes.fifoOnly.contains(name), !attributes.isFIFO {
                throw call.error("InvalidAttributeName", "Unknown Attribute \(name).")
            }
            if let number = QueueAttributes.numbers[name] {
                guard let value = Int64(text), number.range.contains(value) else { throw invalid(name) }
                attributes[keyPath: number.path] = value
            } else {
                try set(name, text, in: &attributes)
            }
        }
        if attributes.throughputLimit == "perMessageGroupId", attributes.deduplicationScope == "queue" {
            throw call.error(
                "InvalidAttributeValue",
                "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.")
        }
    }

    /// The same for a queue that exists: what its policies name was looked at when it was made.
    func applyLeniently(_ given: Fields, to attributes: inout QueueAttributes) throws(WireError) {
        let documents = ["RedrivePolicy", "RedriveAllowPolicy"]
        try apply(Fields(given.filter { !documents.contains($0.name) }.map { ($0.name, $0.value) }), to: &attributes)
        for name in documents {
            guard let text = given[name]?.string else { continue }
            let fields = object(text)
            if name == "RedrivePolicy" {
                attributes.redrive = fields.map(Self.lenientRedrive)
            } else {
                attributes.redriveAllow = text.isEmpty ? nil : try redriveAllow(text)
            }
        }
    }

    private static func lenientRedrive(_ fields: Fields) -> RedrivePolicy {
        let count = fields["maxReceiveCount"].flatMap { $0.integer ?? $0.string.flatMap { Int64($0) } }
        return RedrivePolicy(target: fields["deadLetterTargetArn"]?.string ?? "", maxReceiveCount: count ?? 0)
    }

    private func set(_ name: String, _ text: String, in attributes: inout QueueAttributes) throws(WireError) {
        switch name {
        case "Policy":
            guard text.isEmpty || object(text) != nil else { throw invalid(name) }
            attributes.policy = text
        case "RedrivePolicy": attributes.redrive = text.isEmpty ? nil : try redrive(text, attributes)
        case "RedriveAllowPolicy": attributes.redriveAllow = text.isEmpty ? nil : try redriveAllow(text)
        case "KmsMasterKeyId":
            attributes.key = text
            if !text.isEmpty { attributes.managesKeys = false }
        case "SqsManagedSseEnabled":
            attributes.managesKeys = try bool(text, name)
            if attributes.managesKeys { attributes.key = "" }
        case "FifoQueue":
            if try !bool(text, name) {
                throw call.error(
                    "InvalidAttributeValue",
                    "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.")
            }
        case "ContentBasedDeduplication": attributes.deduplicatesByContent = try bool(text, name)
        case "DeduplicationScope": attributes.deduplicationScope = try word(text, ["queue", "messageGroup"], name)
        case "FifoThroughputLimit":
            attributes.throughputLimit = try word(text, ["perQueue", "perMessageGroupId"], name)
        default: throw call.error("InvalidAttributeName", "Unknown Attribute \(name).")
        }
    }

    private func invalid(_ name: String) -> WireError {
        call.error("InvalidAttributeValue", "Invalid value for the parameter \(name).")
    }

    private func invalid(_ name: String, _ text: String, _ reason: String) -> WireError {
        call.invalid(name, text, reason)
    }

    private func bool(_ text: String, _ name: String) throws(WireError) -> Bool {
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw invalid(name)
        }
    }

    private func word(_ text: String, _ known: [String], _ name: String) throws(WireError) -> String {
        guard known.contains(text) else { throw invalid(name) }
        return text
    }

    private func object(_ text: String) -> Fields? { (try? JSON.parse(text))?.fields }

    private func redrive(_ text: String, _ attributes: QueueAttributes) throws(WireError) -> RedrivePolicy {
        let name = "RedrivePolicy"
        guard let policy = object(text) else {
            throw invalid(name, text, "Amazon SQS can't create the redrive policy, as it's not in JSON format.")
        }
        for member in ["deadLetterTargetArn", "maxReceiveCount"] where policy[member] == nil {
            throw invalid(name, text, "Redrive policy does not contain mandatory attribute: \(member).")
        }
        let count = policy["maxReceiveCount"].flatMap { $0.integer ?? $0.string.flatMap { Int64($0) } }
        guard let count, (1...1000).contains(count) else {
            let shown = policy["maxReceiveCount"].map { $0.string ?? JSON.text($0) } ?? ""
            throw invalid(
                name, text,
                "Invalid value for maxReceiveCount: \(shown), valid values are from 1 to 1000 both inclusive.")
        }
        guard let arn = policy["deadLetterTargetArn"]?.string, let target = QueueKey(arn: arn),
            target.place == key.place
        else { throw invalid(name, text, "Invalid value for deadLetterTargetArn.") }
        guard let queue = queues[target] else { throw invalid(name, text, "Dead letter target does not exist.") }
        guard queue.isFIFO == attributes.isFIFO else {
            throw invalid(name, text, "Dead-letter queue must be same type of queue as the source.")
        }
        if let allow = queue.attributes.redriveAllow, !allow.allows(key.arn) {
            throw invalid(name, text, "Queue \(key.arn) is not allowed to use \(arn) as its dead-letter queue.")
        }
        return RedrivePolicy(target: arn, maxReceiveCount: count)
    }

    private func redriveAllow(_ text: String) throws(WireError) -> RedriveAllowPolicy {
        let name = "RedriveAllowPolicy"
        guard let policy = object(text) else {
            throw invalid(name, text, "Amazon SQS can't create the redrive allow policy, as it's not in JSON format.")
        }
        guard let permission = policy["redrivePermission"]?.string,
            ["allowAll", "denyAll", "byQueue"].contains(permission)
        else { throw invalid(name, text, "Invalid value for redrivePermission.") }
        let sources = policy.texts("sourceQueueArns")
        if permission == "byQueue" ? sources.isEmpty || sources.count > 10 : !sources.isEmpty {
            throw invalid(
                name, text, "sourceQueueArns holds 1 to 10 ARNs with redrivePermission byQueue, and is not given else.")
        }
        return RedriveAllowPolicy(permission: permission, sources: sources)
    }
}

extension FakeCall {
    /// SQS's refusal of a parameter: `InvalidParameterValue`, the value, and why.
    func invalid(_ parameter: String, _ value: String, _ reason: String) -> WireError {
        error("InvalidParameterValue", "Value \(value) for parameter \(parameter) is invalid. Reason: \(reason)")
    }

    /// SQS's refusal of a call that lacks a parameter.
    func missing(_ parameter: String) -> WireError {
        error("MissingParameter", "The request must contain the parameter \(parameter).")
    }

    /// A number within its limits; nil where it was not sent.
    func number(
        _ value: Int64?, _ parameter: String, _ range: ClosedRange<Int64>, _ reason: String
    ) throws(WireError) -> Int64? {
        guard let value else { return nil }
        guard range.contains(value) else { throw invalid(parameter, String(value), reason) }
        return value
    }
}
