// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension SQS {
    static var deleteQueue: Handler? { deleteQueue(_:_:) }

    private static func deleteQueue(_ state: inout SQS, _ call: FakeCall) throws(WireError) -> Outcome {
        state.removeQueue(try state.key(of: call), now: call.now)
        return .output([:])
    }
}
