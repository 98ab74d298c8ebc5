// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var putResourcePolicy: Handler? { putPolicy }
    static var getResourcePolicy: Handler? { getPolicy }
    static var deleteResourcePolicy: Handler? { deletePolicy }

    private static func putPolicy(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let text = call.members.text("Policy")
        guard text.utf8.count <= KinesisLimits.policyBytes else {
            throw call.limitExceeded("A resource policy can have at most \(KinesisLimits.policyBytes) bytes.")
        }
        guard let policy = (try? JSON.parse(text))?.fields, policy["Statement"] != nil else {
            throw call.invalid("The resource policy is not a valid policy document.")
        }
        return try state.onResource(of: call) { (labels) throws(WireError) in
            labels.policy = text
            return .output([:])
        }
    }

    private static func getPolicy(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onResource(of: call) { (labels) throws(WireError) in
            .output(["Policy": .string(labels.policy ?? "{}")])
        }
    }

    private static func deletePolicy(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onResource(of: call) { (labels) throws(WireError) in
            guard labels.policy != nil else {
                throw call.error(
                    "ResourceNotFoundException",
                    "No resource policy found for resource ARN \(call.members.text("ResourceARN"))")
            }
            labels.policy = nil
            return .output([:])
        }
    }
}
