// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Access logs: where they go.
extension S3 {
    static var getBucketLogging: Handler? { getting(.logging) }
    static var putBucketLogging: Handler? { putLogging }

    private static func putLogging(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let document = try call.document("BucketLoggingStatus")
        if let enabled = document.structure("LoggingEnabled") {
            let target = enabled.text("TargetBucket")
            let elements: Fields = ["TargetBucket": .string(target)]
            guard let holder = state.buckets[target] else {
                throw call.refusal("InvalidTargetBucketForLogging", elements)
            }
            let bucket = state.buckets.values[index]
            if holder.account != bucket.account {
                throw call.refusal(
                    "InvalidTargetBucketForLogging", elements,
                    message: "The owner for the bucket to be logged and the target bucket must be the same.")
            }
            if holder.region != bucket.region {
                throw call.refusal(
                    "CrossLocationLoggingProhibitted",
                    [
                        "SourceBucketLocation": .string(bucket.region), "TargetBucketLocation": .string(holder.region),
                    ])
            }
            if enabled["TargetGrants"] != nil, holder.ownership == .bucketOwnerEnforced {
                throw call.refusal(
                    "InvalidArgument",
                    message: "The target bucket for logging does not support ACLs, so no target grants can be set.")
            }
            if holder.ownership != .bucketOwnerEnforced, !holder.letsLogsIn,
                !holder.admits(Self.logService, at: enabled.text("TargetPrefix"), from: bucket)
            {
                throw call.refusal(
                    "InvalidTargetBucketForLogging", elements,
                    message: "You must give the log-delivery group WRITE and READ_ACP permissions to the target bucket")
            }
            if let format = enabled.structure("TargetObjectKeyFormat"), format.all.count != 1 {
                throw call.malformedXML()
            }
        }
        call.reach?.world.beginAccessLogs()
        // An empty status turns logging off.
        state.buckets.values[index].configuration[.logging] = document.all.isEmpty ? nil : document.all
        return .output([:])
    }
}
