// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Who is told of what happens in a bucket.
extension S3 {
    static var getBucketNotificationConfiguration: Handler? { getting(.notification) }
    static var putBucketNotificationConfiguration: Handler? { putNotification }

    private static func putNotification(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let index = try state.index(of: call)
        let document = try call.document("NotificationConfiguration")
        var kept = document.all
        for destination in NotificationRule.Destination.allCases {
            guard kept[destination.rawValue] != nil else { continue }
            var rules: [Value] = []
            for rule in document.structures(destination.rawValue) {
                rules.append(.structure(try state.read(rule, destination, call)))
            }
            kept[destination.rawValue] = rules.isEmpty ? nil : .list(rules)
        }
        try state.adopt(kept, for: index, call)
        return .output([:])
    }

    /// Looks at the destinations, tells the queues that they will be told, and keeps the document.
    mutating func adopt(
        _ document: Fields, for index: Dictionary<String, Bucket>.Index, _ call: FakeCall
    ) throws(WireError) {
        let bucket = buckets.values[index]
        let rules = NotificationRule.all(document)
        try Self.checkOverlaps(rules, call)
        let isLookedAt = call.input["SkipDestinationValidation"]?.bool != true
        for rule in rules { try check(rule, of: bucket, isLookedAt, call) }
        for rule in rules where rule.destination == .queue {
            _ = try? send(testEvent(bucket.name, call), to: rule.arn, call)
        }
        buckets.values[index].configuration[.notification] = document.isEmpty ? nil : document
    }

    private mutating func read(
        _ rule: InputReader, _ destination: NotificationRule.Destination, _ call: FakeCall
    ) throws(WireError) -> Fields {
        var fields = rule.all
        if rule.text("Id").isEmpty { fields["Id"] = .string(identifiers.uuid()) }
        let events = rule.texts("Events")
        guard !events.isEmpty else { throw call.malformedXML() }
        for event in events where !Self.isEvent(event) {
            throw call.invalidArgument("The event '\(event)' is not supported for notifications", "Event", event)
        }
        guard let key = rule.structure("Filter")?.structure("Key") else { return fields }
        var names: [String] = []
        var filters: [Value] = []
        for filter in key.structures("FilterRules") {
            let (name, value) = (filter.text("Name").lowercased(), filter.text("Value"))
            guard name == "prefix" || name == "suffix" else {
                throw call.invalidArgument(
                    "filter rule name must be either prefix or suffix", filter.text("Name"), value)
            }
            if names.contains(name) {
                throw call.invalidArgument(
                    "Cannot specify more than one \(name) rule in a filter.", "FilterRule.Name", name)
            }
            if value.utf8.count > 1024 {
                throw call.invalidArgument(
                    "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation", "FilterRule.Value",
                    value)
            }
            names.append(name)
            filters.append(["Name": .string(name == "prefix" ? "Prefix" : "Suffix"), "Value": .string(value)])
        }
        fields["Filter"] = ["Key": ["FilterRules": .list(filters)]]
        return fields
    }

    /// The names of the events that can be asked for: each by itself, or a family by a star.
    private static func isEvent(_ name: String) -> Bool {
        eventFamilies.contains(name) || otherEvents.contains(name)
            || S3Event.Name.allCases.contains { "s3:\($0.rawValue)" == name }
    }

    private static let eventFamilies: Set<String> = [
        "s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectRestore:*", "s3:Replication:*",
        "s3:LifecycleExpiration:*", "s3:ObjectTagging:*",
    ]
    /// Events of which none happens here.
    private static let otherEvents: Set<String> = [
        "s3:ReducedRedundancyLostObject", "s3:Replication:OperationFailedReplication",
        "s3:Replication:OperationNotTracked", "s3:Replication:OperationMissedThreshold",
        "s3:Replication:OperationReplicatedAfterThreshold", "s3:IntelligentTiering",
    ]

    private static func checkOverlaps(_ rules: [NotificationRule], _ call: FakeCall) throws(WireError) {
        var ids: Set<String> = []
        for (number, rule) in rules.enumerated() {
            if !ids.insert(rule.id).inserted {
                throw call.invalidArgument("Configuration ID must be unique", "Id", rule.id)
            }
            guard let other = rules[..<number].first(where: rule.overlaps) else { continue }
            throw call.refusal(
                "InvalidArgument",
                message: rule.isFiltered && other.isFiltered
                    ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the "
                        + "prefixes are overlapping for the same event type."
                    : "Configurations overlap. Configurations on the same bucket cannot share a common event type.")
        }
    }

    private func check(
        _ rule: NotificationRule, of bucket: Bucket, _ isLookedAt: Bool, _ call: FakeCall
    ) throws(WireError) {
        guard let arn = ARN(rule.arn), arn.partition.hasPrefix("aws"), arn.service == rule.destination.service else {
            throw call.invalidArgument("The ARN could not be parsed", rule.destination.shownMember, rule.arn)
        }
        if arn.region != bucket.region {
            throw call.invalidArgument(
                "The notification destination service region is not valid for the bucket location constraint",
                rule.destination.shownMember, rule.arn)
        }
        guard rule.destination == .queue, isLookedAt else { return }
        if arn.resource.hasSuffix(".fifo") {
            throw call.invalidArgument(
                "Unable to validate the following destination configurations", rule.arn,
                "FIFO queues are not supported as destinations")
        }
        let found: Fields
        do throws(WireError) {
            found = try call.others.call(
                "sqs", "GetQueueAttributes",
                ["QueueUrl": .string(Self.queueURL(rule.arn)), "AttributeNames": ["Policy"]],
                at: Self.place(of: rule.arn))
        } catch {
            throw call.invalidArgument(
                "Unable to validate the following destination configurations", rule.arn,
                "The destination queue does not exist")
        }
        guard call.settings.judgesServices else { return }
        let policy = found["Attributes"]?.fields?["Policy"]?.string ?? ""
        guard bucket.isServed(by: Self.service, policy, "sqs:SendMessage", on: rule.arn, of: String(arn.account)) else {
            throw call.invalidArgument(
                "Unable to validate the following destination configurations", rule.arn,
                "Permissions on the destination queue do not allow S3 to publish notifications from this bucket")
        }
    }
}

extension NotificationRule.Destination {
    /// What errors call the argument.
    fileprivate var shownMember: String {
        switch self {
        case .queue: "Queue"
        case .topic: "Topic"
        case .function: "CloudFunction"
        }
    }
}
