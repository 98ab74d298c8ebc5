// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Where copies of what is put go.
extension S3 {
    static var getBucketReplication: Handler? {
        getting(.replication, as: "ReplicationConfiguration", orElse: "ReplicationConfigurationNotFoundError")
    }
    static var deleteBucketReplication: Handler? { removing(.replication) }
    static var putBucketReplication: Handler? { putReplication }

    /// The most rules (ReplicationConfiguration).
    private static let mostReplicationRules = 1000

    private static func putReplication(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let document = try call.document("ReplicationConfiguration")
        let rules = document.structures("Rules")
        guard (1...mostReplicationRules).contains(rules.count) else { throw call.malformedXML() }
        guard state.buckets.values[index].versioning == .enabled else {
            throw call.invalidRequest(
                "Versioning must be 'Enabled' on the bucket to apply a replication configuration")
        }
        let role = document.text("Role")
        guard role.hasPrefix("arn:aws"), role.contains(":iam::"), role.contains(":role/") else {
            throw call.invalidArgument("Invalid Role specified in replication configuration", "Role", role)
        }
        var kept = document.all
        var ids: Set<String> = []
        var priorities: Set<Int64> = []
        var shown: [Value] = []
        for rule in rules {
            try state.checkReplication(rule, from: state.buckets.values[index].name, call)
            if let priority = rule.integer("Priority"), !priorities.insert(priority).inserted {
                throw call.invalidRequest("Found duplicate priority \(priority)")
            }
            var fields = rule.all
            if fields["ID"]?.string?.isEmpty ?? true { fields["ID"] = .string(state.identifiers.uuid()) }
            guard ids.insert(fields["ID"]?.string ?? "").inserted else {
                throw call.invalidRequest("Rule Id must be unique. Found same Id for multiple rules.")
            }
            shown.append(.structure(fields))
        }
        kept["Rules"] = .list(shown)
        state.buckets.values[index].configuration[.replication] = kept
        return .output([:])
    }

    private func checkReplication(_ rule: InputReader, from source: String, _ call: FakeCall) throws(WireError) {
        if rule["Filter"] != nil || rule["Priority"] != nil || rule["DeleteMarkerReplication"] != nil {
            let version =
                "for this version of Cross Region Replication configuration schema. Please refer to S3 "
                + "Developer Guide for more information."
            for name in ["Priority", "DeleteMarkerReplication"] where rule[name] == nil {
                throw call.invalidRequest("\(name) must be specified \(version)")
            }
            guard let filter = rule.structure("Filter") else {
                throw call.invalidRequest("Filter must be specified \(version)")
            }
            if rule["Prefix"] != nil { throw call.malformedXML() }
            try Self.checkFilter(filter, call)
            let isTagged = filter["Tag"] != nil || filter.structure("And")?["Tags"] != nil
            if isTagged, rule.structure("DeleteMarkerReplication")?.text("Status") == "Enabled" {
                throw call.invalidRequest(
                    "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 "
                        + "Developer Guide for more information.")
            }
        } else if rule["Prefix"] == nil {
            throw call.malformedXML()
        }
        guard let destination = rule.structure("Destination") else { throw call.malformedXML() }
        try checkDestination(destination, source, call)
        let encrypted = rule.structure("SourceSelectionCriteria")?.structure("SseKmsEncryptedObjects")
        if encrypted?.text("Status") == "Enabled", destination["EncryptionConfiguration"] == nil {
            throw call.invalidRequest(
                "EncryptionConfiguration must be specified if SseKmsEncryptedObjects tag is present.")
        }
        if let time = destination.structure("ReplicationTime") {
            guard time.structure("Time")?.integer("Minutes") == 15 else {
                throw call.invalidRequest("ReplicationTime must be 15 minutes.")
            }
            guard destination["Metrics"] != nil else {
                throw call.invalidRequest("Metrics must be specified if ReplicationTime is specified.")
            }
        }
    }

    private func checkDestination(
        _ destination: InputReader, _ source: String, _ call: FakeCall
    ) throws(WireError) {
        let arn = destination.text("Bucket")
        guard arn.isBucketARN else { throw call.invalidArgument("Invalid bucket ARN", "Bucket", arn) }
        guard let bucket = buckets[arn.bucketOfARN] else { throw call.invalidRequest("Destination bucket must exist.") }
        if bucket.name == source {
            throw call.invalidRequest("Destination bucket cannot be the same as the source bucket.")
        }
        guard bucket.versioning == .enabled else {
            throw call.invalidRequest("Destination bucket must have versioning enabled.")
        }
        if destination["AccessControlTranslation"] != nil, destination["Account"] == nil {
            throw call.invalidRequest("Account must be specified if AccessControlTranslation is specified.")
        }
    }
}
