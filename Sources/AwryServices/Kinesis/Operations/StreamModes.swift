// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var updateStreamMode: Handler? { updateMode }
    static var updateStreamWarmThroughput: Handler? { updateWarmth }
    static var updateMaxRecordSize: Handler? { updateRecordSize }

    private static func updateMode(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let members = call.members
        let isOnDemand = members.fields("StreamModeDetails")["StreamMode"]?.string == "ON_DEMAND"
        let warm = members.integer("WarmThroughputMiBps")
        let hasAdvantage = state.hasAdvantage(try state.key(of: call).place, call.now)
        return try state.onActiveStream(of: call) { (stream) throws(WireError) in
            if let warm { try call.checkWarmThroughput(warm, isOnDemand: isOnDemand, hasAdvantage, stream.key) }
            guard isOnDemand != stream.isOnDemand else { return .output([:]) }
            stream.modeChanges.removeAll { call.now - $0 >= KinesisLimits.day }
            if stream.modeChanges.count >= KinesisLimits.modeChangesPerDay {
                throw call.limitExceeded(
                    "Stream \(stream.key.name) under account \(stream.key.place.account) can be switched between "
                        + "On-Demand and Provisioned mode at most \(KinesisLimits.modeChangesPerDay) times within 24 "
                        + "hours.")
            }
            stream.modeChanges.append(call.now)
            stream.warmThroughput = warm
            stream.begin(.mode(isOnDemand: isOnDemand), after: call.transition(.stream), now: call.now)
            return .output([:])
        }
    }

    private static func updateWarmth(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let rate = call.members.integer("WarmThroughputMiBps") ?? 0
        let hasAdvantage = state.hasAdvantage(try state.key(of: call).place, call.now)
        return try state.onActiveStream(of: call) { (stream) throws(WireError) in
            try call.checkWarmThroughput(rate, isOnDemand: stream.isOnDemand, hasAdvantage, stream.key)
            let former = stream.warmThroughput ?? 0
            stream.begin(.warmThroughput(rate), after: call.transition(.stream), now: call.now)
            return .output([
                "StreamARN": .string(stream.key.arn), "StreamName": .string(stream.key.name),
                "WarmThroughput": [
                    "TargetMiBps": .integer(rate), "CurrentMiBps": .integer(stream.warmThroughput ?? former),
                ],
            ])
        }
    }

    private static func updateRecordSize(_ state: inout Kinesis, _ call: FakeCall) throws(WireError) -> Outcome {
        let size = call.members.integer("MaxRecordSizeInKiB") ?? KinesisLimits.recordKiB
        return try state.onActiveStream(of: call) { (stream) throws(WireError) in
            stream.begin(.recordSize(KiB: size), after: call.transition(.stream), now: call.now)
            return .output([:])
        }
    }
}

extension FakeCall {
    /// Only an on-demand stream can be warmed, only where the account pays for a minimum of throughput, and only so
    /// far.
    func checkWarmThroughput(
        _ rate: Int64, isOnDemand: Bool, _ hasAdvantage: Bool, _ key: StreamKey
    ) throws(WireError) {
        guard isOnDemand else {
            throw error(
                "ValidationException",
                "Request is invalid. Stream \(key.name) under account \(key.place.account) is in Provisioned mode.")
        }
        guard hasAdvantage else {
            throw error(
                "ValidationException",
                "Request is invalid. WarmThroughputMiBps needs MinimumThroughputBillingCommitment to be ENABLED for "
                    + "account \(key.place.account).")
        }
        guard rate <= KinesisLimits.warmThroughput else {
            throw invalid("WarmThroughputMiBps can be at most \(KinesisLimits.warmThroughput).")
        }
    }
}

extension Kinesis {
    /// Whether an account has chosen On-demand Advantage: it pays for a minimum of throughput.
    func hasAdvantage(_ place: Place, _ now: Timestamp) -> Bool {
        commitments[place].map { $0.endedAt.map { $0 > now } ?? true } ?? false
    }
}
