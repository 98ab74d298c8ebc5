// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Permissions are statements of the queue's policy, which has one with the label as its `Sid` for each.
extension SQS {
    static var addPermission: Handler? { add }
    static var removePermission: Handler? { remove }

    private static func add(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let label = members.text("Label")
        let actions = members.texts("Actions")
        let accounts = members.texts("AWSAccountIds")
        guard (1...80).contains(label.utf8.count), label.utf8.allSatisfy(isNameLetter) else {
            throw call.invalid(
                "Label", label,
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.")
        }
        if actions.isEmpty { throw call.missing("Actions") }
        if accounts.isEmpty { throw call.missing("AWSAccountIds") }
        if actions.count > 7 {
            throw call.error("OverLimit", "\(actions.count) Actions were found, maximum allowed is 7.")
        }
        for account in accounts where account.utf8.count != 12 || Int64(account) == nil {
            throw call.invalid("PrincipalId", account, "Unable to verify.")
        }
        for action in actions where !shareable.contains(action) {
            throw call.invalid("ActionName", "SQS:\(action)", "Only the queue owner is allowed to invoke this action.")
        }
        return try state.onQueue(of: call) { (queue) throws(WireError) in
            var statements = statements(of: queue)
            if statements.contains(where: { $0.fields?["Sid"]?.string == label }) {
                throw call.invalid("Label", label, "Already exists.")
            }
            let principals: [Value] = accounts.map { .string("arn:aws:iam::\($0):root") }
            statements.append([
                "Sid": .string(label), "Effect": "Allow", "Principal": ["AWS": oneOrMore(principals)],
                "Action": oneOrMore(actions.map { .string("SQS:\($0)") }), "Resource": .string(queue.arn),
            ])
            keep(statements, in: &queue)
            return .output([:])
        }
    }

    private static func remove(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let label = call.members.text("Label")
        return try state.onQueue(of: call) { (queue) throws(WireError) in
            var statements = statements(of: queue)
            let before = statements.count
            statements.removeAll { $0.fields?["Sid"]?.string == label }
            if statements.count == before {
                throw call.invalid("Label", label, "can't find label\(before == 0 ? "" : " on existing policy").")
            }
            keep(statements, in: &queue)
            return .output([:])
        }
    }

    /// What a queue's owner can let others do.
    private static let shareable: Set<String> = [
        "*", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes",
        "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue",
    ]

    private static func statements(of queue: Queue) -> [Value] {
        let policy = (try? JSON.parse(queue.attributes.policy))?.fields
        return policy?["Statement"]?.list ?? []
    }

    private static func keep(_ statements: [Value], in queue: inout Queue) {
        guard !statements.isEmpty else { return queue.attributes.policy = "" }
        var policy = (try? JSON.parse(queue.attributes.policy))?.fields ?? [:]
        policy.setDefault("Version", "2008-10-17")
        policy.setDefault("Id", .string("\(queue.arn)/SQSDefaultPolicy"))
        policy["Statement"] = .list(statements)
        queue.attributes.policy = JSON.text(.structure(policy))
    }

    private static func oneOrMore(_ values: [Value]) -> Value { values.count == 1 ? values[0] : .list(values) }
}
