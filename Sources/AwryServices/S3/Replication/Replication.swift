// SPDX-License-Identifier: Apache-2.0

/// Copies of what comes into a bucket, in the buckets that its rules name: at once, under the same version ids. A copy
/// is not copied on, and what is deleted for good stays in the others ("What does Amazon S3 replicate?").
extension S3 {
    /// Follows what happened to an object.
    mutating func replicate(_ event: S3Event) {
        guard let source = buckets[event.bucket], let document = source.configuration[.replication],
            let id = event.versionID, let version = source.version(event.key, id)
        else { return }
        let rules = ReplicationRule.all(document)
        switch event.name {
        case .put, .post, .copy, .completed:
            guard let content = version.content, content.replication != .replica else { return }
            copy(version, content, event, rules.filter { $0.copies(event.key, content) })
        case .markerCreated:
            for rule in rules where rule.covers(event.key) && rule.copiesMarkers { mark(version, event, rule) }
        case .tagsPut, .tagsDeleted:
            guard let content = version.content, content.replication == .completed else { return }
            for rule in rules {
                change(event.key, id, in: rule.destination) { $0.tags = content.tags }
            }
        default: break
        }
    }

    /// Copies a version to each bucket for which there is a rule, by the one that counts most.
    private mutating func copy(
        _ version: ObjectVersion, _ content: ObjectContent, _ event: S3Event, _ rules: [ReplicationRule]
    ) {
        var done: Set<String> = []
        var failed = false
        for rule in rules where done.insert(rule.destination).inserted {
            guard let target = buckets[rule.destination], target.versioning == .enabled else {
                failed = true
                continue
            }
            var replica = content
            replica.replication = .replica
            replica.storageClass = rule.storageClass ?? content.storageClass
            if content.encryption.algorithm?.hasPrefix("aws:kms") == true { replica.encryption.keyID = rule.key }
            if rule.changesOwner || target.ownership == .bucketOwnerEnforced {
                replica.acl = AccessControlList(owner: target.acl.owner)
            }
            add(
                ObjectVersion(
                    id: version.id, modifiedAt: version.modifiedAt, owner: replica.acl.owner, content: replica),
                event.name, event, to: rule.destination)
        }
        if done.isEmpty { return }
        change(event.key, version.shownID, in: event.bucket) { $0.replication = failed ? .failed : .completed }
    }

    private mutating func mark(_ version: ObjectVersion, _ event: S3Event, _ rule: ReplicationRule) {
        guard let target = buckets[rule.destination], target.versioning == .enabled else { return }
        let marker = ObjectVersion(
            id: version.id, modifiedAt: version.modifiedAt, owner: target.acl.owner, content: nil)
        add(marker, .markerCreated, event, to: rule.destination)
    }

    private mutating func add(
        _ version: ObjectVersion, _ name: S3Event.Name, _ event: S3Event, to bucket: String
    ) {
        guard let index = buckets.index(forKey: bucket) else { return }
        // A marker that was copied here already is not copied again in a circle.
        if buckets.values[index].version(event.key, version.shownID) != nil { return }
        buckets.values[index].add(version, to: event.key)
        report(name, of: version, event.key, inBucketAt: index, at: event.time)
    }

    private mutating func change(
        _ key: ObjectKey, _ id: String, in bucket: String, _ work: (inout ObjectContent) -> Void
    ) {
        guard let index = buckets.index(forKey: bucket),
            var content = buckets.values[index].version(key, id)?.content
        else { return }
        work(&content)
        buckets.values[index].replace(key, id, by: content)
    }
}
