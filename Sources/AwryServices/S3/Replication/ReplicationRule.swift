// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One enabled rule of a bucket's replication: which objects are copied, where to, and as what.
struct ReplicationRule: Sendable {
    let priority: Int64
    let prefix: String
    let tags: [Fields]
    /// The bucket that gets the copies.
    let destination: String
    let storageClass: String?
    /// Whether the destination's owner owns the copies.
    let changesOwner: Bool
    /// The KMS key of the copies of objects under a KMS key; nil where those are not copied.
    let key: String?
    let copiesMarkers: Bool

    /// The enabled rules of a document as it is kept, what counts most first.
    static func all(_ document: Fields) -> [ReplicationRule] {
        let rules = (document["Rules"]?.list ?? []).compactMap(\.fields)
        return rules.filter { $0["Status"] == "Enabled" }.map(ReplicationRule.init).sorted { $0.priority > $1.priority }
    }

    private init(_ rule: Fields) {
        let filter = rule["Filter"]?.fields
        let both = filter?["And"]?.fields
        let target = rule["Destination"]?.fields ?? [:]
        priority = rule["Priority"]?.integer ?? 0
        prefix = (rule["Prefix"] ?? filter?["Prefix"] ?? both?["Prefix"])?.string ?? ""
        tags = ([filter?["Tag"]].compactMap(\.self) + (both?["Tags"]?.list ?? [])).compactMap(\.fields)
        destination = target["Bucket"]?.string?.bucketOfARN ?? ""
        storageClass = target["StorageClass"]?.string
        changesOwner = target["AccessControlTranslation"] != nil
        let encrypted = rule["SourceSelectionCriteria"]?.fields?["SseKmsEncryptedObjects"]?.fields
        key =
            encrypted?["Status"] == "Enabled"
            ? target["EncryptionConfiguration"]?.fields?["ReplicaKmsKeyID"]?.string : nil
        // A rule of the older form, without a filter, copies delete markers always.
        let markers = rule["DeleteMarkerReplication"]?.fields
        copiesMarkers = markers.map { $0["Status"] == "Enabled" } ?? (filter == nil)
    }

    /// Whether it is about a key.
    func covers(_ key: ObjectKey) -> Bool { key.text.utf8.starts(with: prefix.utf8) }

    /// Whether it copies an object.
    func copies(_ key: ObjectKey, _ content: ObjectContent) -> Bool {
        let isReadable = content.encryption.algorithm?.hasPrefix("aws:kms") != true || self.key != nil
        return covers(key) && isReadable
            && tags.allSatisfy { tag in tag["Key"]?.string.map { content.tags[$0] == tag["Value"] } ?? false }
    }
}
