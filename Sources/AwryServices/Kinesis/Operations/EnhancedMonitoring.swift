// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var enableEnhancedMonitoring: Handler? {
        { (state, call) throws(WireError) in try setMetrics(&state, call) { $0.union($1) } }
    }

    static var disableEnhancedMonitoring: Handler? {
        { (state, call) throws(WireError) in try setMetrics(&state, call) { $0.subtracting($1) } }
    }

    /// The shard-level metrics, in the order in which they are listed.
    private static let metrics = [
        "IncomingBytes", "IncomingRecords", "IteratorAgeMilliseconds", "OutgoingBytes", "OutgoingRecords",
        "ReadProvisionedThroughputExceeded", "WriteProvisionedThroughputExceeded",
    ]

    private static func setMetrics(
        _ state: inout Kinesis, _ call: FakeCall, _ change: (Set<String>, Set<String>) -> Set<String>
    ) throws(WireError) -> Outcome {
        var named = Set(call.members.texts("ShardLevelMetrics"))
        if named.contains("ALL") { named = Set(metrics) }
        return try state.onActiveStream(of: call) { (stream) throws(WireError) in
            let former = stream.metrics
            let wanted = change(Set(former), named)
            stream.metrics = metrics.filter { wanted.contains($0) }
            stream.begin(.nothing, after: call.transition(.stream), now: call.now)
            return .output([
                "StreamName": .string(stream.key.name),
                "CurrentShardLevelMetrics": .list(former.map { .string($0) }),
                "DesiredShardLevelMetrics": .list(stream.metrics.map { .string($0) }),
                "StreamARN": .string(stream.key.arn),
            ])
        }
    }
}
