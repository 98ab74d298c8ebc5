// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A bucket's lifecycle as the clock follows it: its enabled rules.
///
/// S3 looks once a day: what is so many days old is due at the midnight (UTC) after that (Amazon S3 User Guide,
/// "Lifecycle rules: based on an object's age").
struct LifecyclePlan: Sendable {
    let rules: [Rule]
    /// Smaller objects are moved only by rules that speak of sizes themselves ("TransitionDefaultMinimumObjectSize").
    private let leastMoved: Int

    init(_ document: Fields) {
        rules = (document["Rules"]?.list ?? []).compactMap { $0.fields.flatMap(Rule.init) }
        leastMoved = document["TransitionDefaultMinimumObjectSize"]?.string == "varies_by_storage_class" ? 0 : 128 << 10
    }

    /// When something is due.
    enum Due: Sendable {
        case days(Int64)
        case date(Timestamp)

        /// Nil where the action says neither.
        init?(_ action: Fields, days name: String = "Days") {
            if let days = action[name]?.integer {
                self = .days(days)
            } else if let date = action["Date"]?.timestamp {
                self = .date(date)
            } else {
                return nil
            }
        }

        /// The moment, for what began then.
        func moment(from start: Timestamp) -> Timestamp {
            switch self {
            case .days(let days): start.midnight(afterDays: days)
            case .date(let date): date
            }
        }
    }

    struct Rule: Sendable {
        let id: String
        private let prefix: String
        private let tags: [(key: String, value: String)]
        private let above: Int64?
        private let below: Int64?
        let expiration: Due?
        let removesLoneMarkers: Bool
        let transitions: [(due: Due, storageClass: String)]
        let oldExpiration: Old?
        let oldTransitions: [Old]
        let abort: Due?

        /// What is done to versions that are not the latest.
        struct Old: Sendable {
            let due: Due
            /// How many newer such versions stay untouched by it.
            let kept: Int
            let storageClass: String

            init?(_ action: Fields) {
                guard let due = Due(action, days: "NoncurrentDays") else { return nil }
                self.due = due
                kept = Int(clamping: action["NewerNoncurrentVersions"]?.integer ?? 0)
                storageClass = action["StorageClass"]?.string ?? ""
            }
        }

        /// Nil where the rule is switched off.
        init?(_ rule: Fields) {
            guard rule["Status"]?.string == "Enabled" else { return nil }
            let filter = rule["Filter"]?.fields ?? [:]
            let scope = filter["And"]?.fields ?? filter
            id = rule["ID"]?.string ?? ""
            prefix = rule["Prefix"]?.string ?? scope["Prefix"]?.string ?? ""
            let tag = scope["Tag"].map { [$0] } ?? scope["Tags"]?.list ?? []
            tags = tag.compactMap(\.fields).map { ($0["Key"]?.string ?? "", $0["Value"]?.string ?? "") }
            above = scope["ObjectSizeGreaterThan"]?.integer
            below = scope["ObjectSizeLessThan"]?.integer
            expiration = (rule["Expiration"]?.fields).flatMap { Due($0) }
            removesLoneMarkers = rule["Expiration"]?.fields?["ExpiredObjectDeleteMarker"]?.bool ?? false
            transitions = (rule["Transitions"]?.list ?? []).compactMap(\.fields).compactMap { action in
                Due(action).map { ($0, action["StorageClass"]?.string ?? "") }
            }
            oldExpiration = (rule["NoncurrentVersionExpiration"]?.fields).flatMap(Old.init)
            oldTransitions = (rule["NoncurrentVersionTransitions"]?.list ?? []).compactMap {
                $0.fields.flatMap(Old.init)
            }
            abort = (rule["AbortIncompleteMultipartUpload"]?.fields).flatMap {
                Due($0, days: "DaysAfterInitiation")
            }
        }

        var speaksOfSizes: Bool { above != nil || below != nil }

        /// Whether it is about keys that begin so.
        func covers(_ key: ObjectKey) -> Bool { key.text.utf8.starts(with: prefix.utf8) }

        /// Whether it is about this object.
        func covers(_ key: ObjectKey, _ content: ObjectContent) -> Bool {
            covers(key) && tags.allSatisfy { content.tags[$0.key]?.string == $0.value }
                && above.map { Int64(content.size) > $0 } ?? true && below.map { Int64(content.size) < $0 } ?? true
        }
    }

    /// When the latest version of a key goes, and by which rule.
    func expiry(of version: ObjectVersion, _ key: ObjectKey) -> (at: Timestamp, rule: String)? {
        guard let content = version.content else { return nil }
        return rules.compactMap { rule in
            rule.covers(key, content)
                ? rule.expiration.map { (at: $0.moment(from: version.modifiedAt), rule: rule.id) } : nil
        }.min { $0.at < $1.at }
    }

    /// When an upload is aborted, and by which rule.
    func abortion(of upload: MultipartUpload) -> (at: Timestamp, rule: String)? {
        rules.compactMap { rule in
            rule.covers(upload.key) ? rule.abort.map { ($0.moment(from: upload.initiatedAt), rule.id) } : nil
        }.min { $0.0 < $1.0 }
    }

    /// The storage class in which a version that began then is due to be; nil where it stays where it is.
    func storageClass(
        of content: ObjectContent, _ key: ObjectKey, since start: Timestamp, newerVersions: Int?, now: Timestamp
    ) -> String? {
        var found: (at: Timestamp, storageClass: String)?
        for rule in rules where rule.covers(key, content) {
            guard content.size >= leastMoved || rule.speaksOfSizes else { continue }
            let moves =
                newerVersions.map { newer in
                    rule.oldTransitions.filter { newer >= $0.kept }.map { ($0.due, $0.storageClass) }
                } ?? rule.transitions.map { ($0.due, $0.storageClass) }
            for (due, storageClass) in moves {
                let moment = due.moment(from: start)
                if moment <= now, found.map({ $0.at <= moment }) ?? true { found = (moment, storageClass) }
            }
        }
        return found.flatMap { $0.storageClass == content.storageClass ? nil : $0.storageClass }
    }
}
