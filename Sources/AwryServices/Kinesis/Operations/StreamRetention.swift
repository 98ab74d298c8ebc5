// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Kinesis {
    static var increaseStreamRetentionPeriod: Handler? {
        { (state, call) throws(WireError) in try setRetention(&state, call, isLonger: true) }
    }

    static var decreaseStreamRetentionPeriod: Handler? {
        { (state, call) throws(WireError) in try setRetention(&state, call, isLonger: false) }
    }

    private static func setRetention(
        _ state: inout Kinesis, _ call: FakeCall, isLonger: Bool
    ) throws(WireError) -> Outcome {
        let hours = call.members.integer("RetentionPeriodHours") ?? 0
        try state.onActiveStream(of: call) { (stream) throws(WireError) in
            let limits = KinesisLimits.retention
            if hours < limits.lowerBound {
                throw call.invalid(
                    "Minimum allowed retention period is \(limits.lowerBound) hours. Requested retention period "
                        + "(\(hours) hours) is too short.")
            }
            if hours > limits.upperBound {
                throw call.invalid(
                    "Maximum allowed retention period is \(limits.upperBound) hours. Requested retention period "
                        + "(\(hours) hours) is too long.")
            }
            let isWrong = isLonger ? hours < stream.retentionHours : hours > stream.retentionHours
            if isWrong {
                throw call.invalid(
                    "Requested retention period (\(hours) hours) for stream \(stream.key.name) can not be "
                        + "\(isLonger ? "shorter" : "longer") than existing retention period "
                        + "(\(stream.retentionHours) hours). Use \(isLonger ? "Decrease" : "Increase")RetentionPeriod "
                        + "API.")
            }
            // What is out of time already does not come back.
            for index in stream.shards.indices { stream.shards[index].trim(before: stream.horizon(call.now)) }
            stream.retentionHours = hours
            stream.begin(.nothing, after: call.transition(.stream), now: call.now)
        }
        return .output([:])
    }
}
