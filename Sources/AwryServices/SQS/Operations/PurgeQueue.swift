// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var purgeQueue: Handler? { purge }

    /// How long a purge takes, and nobody may ask for another.
    private static let purgePause = Duration.seconds(60)

    private static func purge(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onQueue(of: call) { (queue) throws(WireError) in
            if let last = queue.purgedAt, call.now - last < purgePause {
                throw call.error(
                    "PurgeQueueInProgress",
                    "Only one PurgeQueue operation on \(queue.key.name) is allowed every 60 seconds.")
            }
            queue.removeAll()
            queue.purgedAt = call.now
            return .output([:])
        }
    }
}
