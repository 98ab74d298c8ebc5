// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension Kinesis {
    static var describeLimits: Handler? { limits }
    static var describeAccountSettings: Handler? { describeSettings }
    static var updateAccountSettings: Handler? { updateSettings }

    private static func limits(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let streams = state.streams(at: call.place, call.now)
        return .output([
            "ShardLimit": .integer(Int64(KinesisLimits.shards(in: call.place.region))),
            "OpenShardCount": .integer(Int64(provisionedShards(streams))),
            "OnDemandStreamCount": .integer(Int64(streams.count(where: \.isOnDemand))),
            "OnDemandStreamCountLimit": .integer(Int64(KinesisLimits.onDemandStreams)),
        ])
    }

    private static func describeSettings(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        .output(settings(state, call))
    }

    private static func updateSettings(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let wanted = call.members.fields("MinimumThroughputBillingCommitment")["Status"]?.string
        let isOn = state.hasAdvantage(call.place, call.now)
        if wanted == "ENABLED" {
            if isOn { state.commitments[call.place]?.endedAt = nil }
            if !isOn { state.commitments[call.place] = Commitment(startedAt: call.now) }
        } else if isOn, let commitment = state.commitments[call.place], commitment.endedAt == nil {
            state.commitments[call.place]?.endedAt = max(commitment.earliestEnd, call.now)
        }
        return .output(settings(state, call))
    }

    private static func settings(_ state: Kinesis, _ call: FakeCall) -> Fields {
        let commitment = state.commitments[call.place]?.value(call.now) ?? ["Status": "DISABLED"]
        return ["MinimumThroughputBillingCommitment": .structure(commitment)]
    }
}
