// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var getQueueUrl: Handler? { url }

    private static func url(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        let account = call.members.optionalText("QueueOwnerAWSAccountId") ?? call.place.account
        let key = QueueKey(Place(account: account, region: call.place.region), call.members.text("QueueName"))
        guard state.queues[key] != nil else { throw call.error("QueueDoesNotExist") }
        return .output(["QueueUrl": .string(key.url(at: call.endpoint))])
    }
}
