// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What becomes of objects by themselves: the rules. What they do, the clock does.
extension S3 {
    static var getBucketLifecycle: Handler? { getLifecycle }
    static var getBucketLifecycleConfiguration: Handler? { getLifecycle }
    static var deleteBucketLifecycle: Handler? { removing(.lifecycle) }
    // The older operation, at the same address: its rules have one transition where the newer one's have a list.
    static var putBucketLifecycle: Handler? { putLifecycle }
    static var putBucketLifecycleConfiguration: Handler? { putLifecycle }

    private static let minimumSize = "TransitionDefaultMinimumObjectSize"

    private static func getLifecycle(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let bucket = state.buckets.values[try state.index(of: call)]
        guard var document = bucket.configuration[.lifecycle] else {
            throw call.lacking("NoSuchLifecycleConfiguration", bucket.name)
        }
        guard call.operation.name == "GetBucketLifecycle" else { return .output(document) }
        document[minimumSize] = nil
        document["Rules"] = .list((document["Rules"]?.list ?? []).map(older))
        return .output(document)
    }

    private static func putLifecycle(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let rules = try call.document("LifecycleConfiguration").structures("Rules")
        guard (1...LifecycleRule.most).contains(rules.count) else { throw call.malformedXML() }
        var kept: [Value] = []
        var ids: Set<String> = []
        for rule in rules {
            try LifecycleRule(rule, call).check()
            var fields = rule.all
            if fields["ID"]?.string?.isEmpty ?? true { fields["ID"] = .string(state.identifiers.uuid()) }
            let id = fields["ID"]?.string ?? ""
            guard ids.insert(id).inserted else {
                throw call.invalidArgument(
                    "Rule ID must be unique. Found same ID for more than one rule", "ID", id)
            }
            for (one, many) in pairs where fields[one] != nil {
                fields[many] = fields[one].map { [$0] }
                fields[one] = nil
            }
            kept.append(.structure(fields))
        }
        let size = call.input[minimumSize] ?? "all_storage_classes_128K"
        state.buckets.values[index].configuration[.lifecycle] = ["Rules": .list(kept), minimumSize: size]
        return .output(call.operation.name == "PutBucketLifecycle" ? [:] : [minimumSize: size])
    }

    private static let pairs = [
        ("Transition", "Transitions"), ("NoncurrentVersionTransition", "NoncurrentVersionTransitions"),
    ]

    /// A rule as the older operation shows it.
    private static func older(_ rule: Value) -> Value {
        guard var fields = rule.fields else { return rule }
        for (one, many) in pairs {
            fields[one] = fields[many]?.list?.first
            fields[many] = nil
        }
        if let filter = fields["Filter"]?.fields {
            fields["Prefix"] = filter["Prefix"] ?? filter["And"]?.fields?["Prefix"] ?? ""
            fields["Filter"] = nil
        }
        return .structure(fields)
    }
}
