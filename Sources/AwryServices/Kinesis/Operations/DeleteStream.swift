// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var deleteStream: Handler? { delete }

    private static func delete(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let deletesConsumers = call.members["EnforceConsumerDeletion"]?.bool ?? false
        let key = try state.key(of: call)
        let readers = try state.onStream(key, call) { (stream) throws(WireError) -> [UInt64] in
            if !stream.consumers.isEmpty, !deletesConsumers {
                throw call.inUse(
                    "Stream \(key.name) under account \(key.place.account) has one or more consumers registered. Set "
                        + "EnforceConsumerDeletion to delete the stream with its consumers.")
            }
            // A stream that is being deleted takes it again without a word.
            guard stream.status != .deleting else { return [] }
            stream.begin(.delete, after: call.transition(.stream), now: call.now)
            return stream.pending == nil ? [] : stream.shards.flatMap(\.subscriptions)
        }
        for number in readers { state.wake(number, at: call.now + call.transition(.stream)) }
        return .output([:])
    }
}
