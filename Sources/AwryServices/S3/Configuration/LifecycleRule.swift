// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// One rule of a lifecycle, as S3 judges it when it is put ("PutBucketLifecycleConfiguration", "Lifecycle configuration
/// elements").
struct LifecycleRule {
    /// The most rules of a bucket.
    static let most = 1000
    /// Storage classes that objects may enter only after so many days.
    private static let leastDays: [String: Int64] = ["STANDARD_IA": 30, "ONEZONE_IA": 30]
    /// The most newer versions that a rule may keep.
    private static let mostVersions: Int64 = 100

    private let rule: InputReader
    private let call: FakeCall
    private let isOlder: Bool

    init(_ rule: InputReader, _ call: FakeCall) {
        self.rule = rule
        self.call = call
        isOlder = call.operation.name == "PutBucketLifecycle"
    }

    func check() throws(WireError) {
        if rule.text("ID").utf8.count > 255 {
            throw invalid("ID length should not exceed allowed limit of 255", "ID", rule.text("ID"))
        }
        try checkScope()
        try checkExpiration()
        for transition in transitions { try checkTransition(transition) }
        try checkOrder()
        try checkNoncurrent()
        try checkAbort()
        let actions = [
            "Expiration", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload", "Transition", "Transitions",
            "NoncurrentVersionTransition", "NoncurrentVersionTransitions",
        ]
        if !actions.contains(where: { rule.all[$0] != nil }) {
            throw call.invalidRequest("At least one action needs to be specified in a rule")
        }
    }

    private func invalid(_ message: String, _ name: String, _ value: String) -> WireError {
        call.invalidArgument(message, name, value)
    }

    private var filter: InputReader? { isOlder ? nil : rule.structure("Filter") }
    private var transitions: [InputReader] {
        isOlder ? [rule.structure("Transition")].compactMap(\.self) : rule.structures("Transitions")
    }
    private var isTagged: Bool {
        filter.map { $0["Tag"] != nil || $0.structure("And")?["Tags"] != nil } ?? false
    }
    /// The rule's scope in messages.
    private var scope: String {
        let prefix = rule.optionalText("Prefix") ?? filter?.optionalText("Prefix")
        return "(prefix=\(prefix ?? filter?.structure("And")?.text("Prefix") ?? ""))"
    }

    private func checkScope() throws(WireError) {
        if isOlder { return }
        guard (rule["Prefix"] == nil) != (rule["Filter"] == nil) else { throw call.malformedXML() }
        guard let filter else { return }
        try S3.checkFilter(filter, call)
        let sizes = filter.structure("And") ?? filter
        if let low = sizes.integer("ObjectSizeGreaterThan"), let high = sizes.integer("ObjectSizeLessThan"), low >= high
        {
            throw call.invalidRequest(
                "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.")
        }
    }

    private func checkExpiration() throws(WireError) {
        guard let expiration = rule.structure("Expiration") else { return }
        guard expiration.all.count == 1 else { throw call.malformedXML() }
        if let days = expiration.integer("Days"), days <= 0 {
            throw invalid("'Days' for Expiration action must be a positive integer", "Days", String(days))
        }
        try checkDate(expiration)
        if expiration["ExpiredObjectDeleteMarker"] != nil, isTagged {
            throw call.invalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.")
        }
    }

    private func checkDate(_ action: InputReader) throws(WireError) {
        guard case .timestamp(let date) = action["Date"] else { return }
        guard date.milliseconds % 86_400_000 == 0 else {
            throw invalid("'Date' must be at midnight GMT", "Date", TimeFormats.iso8601(date))
        }
    }

    private func checkTransition(_ transition: InputReader) throws(WireError) {
        guard let storage = transition.optionalText("StorageClass"),
            (transition["Days"] == nil) != (transition["Date"] == nil)
        else { throw call.malformedXML() }
        try checkDate(transition)
        guard let days = transition.integer("Days") else { return }
        if days < 0 {
            throw invalid("'Days' in Transition action must be nonnegative", "Days", String(days))
        }
        if let least = Self.leastDays[storage], days < least {
            throw invalid(
                "'Days' in Transition action must be greater than or equal to \(least) for storageClass '\(storage)'",
                "Days", String(days))
        }
    }

    /// What comes later must come later.
    private func checkOrder() throws(WireError) {
        let storages = transitions.map { $0.text("StorageClass") }
        if Set(storages).count < storages.count {
            throw call.invalidRequest(
                "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '\(scope)'")
        }
        let expiration = rule.structure("Expiration")
        let dated = ([expiration].compactMap(\.self) + transitions).filter { $0["Date"] != nil }.count
        let counted = ([expiration].compactMap(\.self) + transitions).filter { $0["Days"] != nil }.count
        if dated > 0, counted > 0 {
            throw call.invalidRequest(
                "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter "
                    + "'\(scope)'")
        }
        if let days = expiration?.integer("Days"),
            let late = transitions.compactMap({ $0.integer("Days") }).first(where: { $0 >= days })
        {
            throw invalid(
                "'Days' in the Expiration action for filter '\(scope)' must be greater than 'Days' in the Transition "
                    + "action", "Days", String(late))
        }
    }

    private func checkNoncurrent() throws(WireError) {
        if let expiration = rule.structure("NoncurrentVersionExpiration") {
            guard !expiration.all.isEmpty else { throw call.malformedXML() }
            guard let days = expiration.integer("NoncurrentDays") else { throw call.malformedXML() }
            if days <= 0 {
                throw invalid(
                    "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
                    "NoncurrentDays", String(days))
            }
            try checkVersions(expiration)
        }
        let transitions =
            isOlder
            ? [rule.structure("NoncurrentVersionTransition")].compactMap(\.self)
            : rule.structures("NoncurrentVersionTransitions")
        for transition in transitions {
            guard let storage = transition.optionalText("StorageClass"), let days = transition.integer("NoncurrentDays")
            else { throw call.malformedXML() }
            if let least = Self.leastDays[storage], days < least {
                throw invalid(
                    "'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to \(least) "
                        + "for storageClass '\(storage)'", "NoncurrentDays", String(days))
            }
            try checkVersions(transition)
        }
    }

    private func checkVersions(_ action: InputReader) throws(WireError) {
        guard let count = action.integer("NewerNoncurrentVersions") else { return }
        guard (1...Self.mostVersions).contains(count) else {
            throw invalid(
                "NewerNoncurrentVersions must be between 1 and \(Self.mostVersions)", "NewerNoncurrentVersions",
                String(count))
        }
    }

    private func checkAbort() throws(WireError) {
        guard let abort = rule.structure("AbortIncompleteMultipartUpload") else { return }
        guard let days = abort.integer("DaysAfterInitiation") else { throw call.malformedXML() }
        if days <= 0 {
            throw invalid(
                "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
                "DaysAfterInitiation", String(days))
        }
        if isTagged { throw call.invalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.") }
    }
}
