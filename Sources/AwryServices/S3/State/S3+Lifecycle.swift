// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    /// Does what is due once a day, where a day has passed since that was last done.
    mutating func followDays(to now: Timestamp) {
        guard now.day != lifecycleDay else { return }
        let last = lifecycleDay
        lifecycleDay = now.day
        guard let last else { return }
        followLifecycles(to: now)
        deliverInventories(after: last, upTo: now.day)
    }

    private mutating func followLifecycles(to now: Timestamp) {
        for index in buckets.values.indices {
            guard let document = buckets.values[index].configuration[.lifecycle] else { continue }
            followLifecycle(LifecyclePlan(document), inBucketAt: index, now)
        }
    }

    private mutating func followLifecycle(
        _ plan: LifecyclePlan, inBucketAt index: Dictionary<String, Bucket>.Index, _ now: Timestamp
    ) {
        for upload in buckets.values[index].uploads.values {
            if let abortion = plan.abortion(of: upload), abortion.at <= now {
                buckets.values[index].uploads[upload.id] = nil
            }
        }
        for key in buckets.values[index].objects.map(\.key) {
            move(key, plan, inBucketAt: index, now)
            removeOld(key, plan, inBucketAt: index, now)
            expire(key, plan, inBucketAt: index, now)
        }
    }

    /// Moves versions of a key to the storage classes in which they are due to be.
    private mutating func move(
        _ key: ObjectKey, _ plan: LifecyclePlan, inBucketAt index: Dictionary<String, Bucket>.Index, _ now: Timestamp
    ) {
        let versions = buckets.values[index].objects[key] ?? []
        for (position, version) in versions.enumerated() {
            guard var content = version.content else { continue }
            let isLatest = position == versions.count - 1
            let start = isLatest ? version.modifiedAt : versions[position + 1].modifiedAt
            let wanted = plan.storageClass(
                of: content, key, since: start, newerVersions: isLatest ? nil : versions.count - 2 - position,
                now: now)
            guard let wanted else { continue }
            content.storageClass = wanted
            buckets.values[index].replace(key, version.shownID, by: content)
            tell(.transitioned, of: version.holding(content), key, inBucketAt: index, at: now)
        }
    }

    /// Removes versions that are not the latest and have been that for long enough.
    private mutating func removeOld(
        _ key: ObjectKey, _ plan: LifecyclePlan, inBucketAt index: Dictionary<String, Bucket>.Index, _ now: Timestamp
    ) {
        let versions = buckets.values[index].objects[key] ?? []
        guard versions.count > 1 else { return }
        for position in versions.indices.dropLast() {
            let version = versions[position]
            let newer = versions.count - 2 - position
            let isDue = plan.rules.contains { rule in
                guard let old = rule.oldExpiration, newer >= old.kept else { return false }
                let covers = version.content.map { rule.covers(key, $0) } ?? rule.covers(key)
                return covers && old.due.moment(from: versions[position + 1].modifiedAt) <= now
            }
            guard isDue, version.content?.isLocked(at: now, bypassing: false) != true else { continue }
            buckets.values[index].remove(key, version.shownID)
            tell(.expired, of: version, key, inBucketAt: index, at: now)
        }
    }

    /// Lets the latest version go, and a delete marker that stands for nothing any more.
    private mutating func expire(
        _ key: ObjectKey, _ plan: LifecyclePlan, inBucketAt index: Dictionary<String, Bucket>.Index, _ now: Timestamp
    ) {
        let versions = buckets.values[index].objects[key] ?? []
        guard let latest = versions.last else { return }
        if latest.isDeleteMarker {
            let isDue = plan.rules.contains { rule in
                rule.covers(key)
                    && (rule.removesLoneMarkers
                        || rule.expiration.map { $0.moment(from: latest.modifiedAt) <= now } ?? false)
            }
            guard versions.count == 1, isDue else { return }
            buckets.values[index].remove(key, latest.shownID)
            return tell(.expired, of: latest, key, inBucketAt: index, at: now)
        }
        guard let expiry = plan.expiry(of: latest, key), expiry.at <= now else { return }
        guard buckets.values[index].versioning != .never else {
            buckets.values[index].remove(key, latest.shownID)
            return tell(.expired, of: latest, key, inBucketAt: index, at: now)
        }
        let id = buckets.values[index].versioning == .enabled ? nextVersionID() : nil
        let marker = ObjectVersion(id: id, modifiedAt: now, owner: latest.owner, content: nil)
        buckets.values[index].add(marker, to: key)
        tell(.markerCreatedByLifecycle, of: marker, key, inBucketAt: index, at: now)
    }

    private mutating func tell(
        _ event: S3Event.Name, of version: ObjectVersion, _ key: ObjectKey,
        inBucketAt index: Dictionary<String, Bucket>.Index, at now: Timestamp
    ) {
        report(event, of: version, key, inBucketAt: index, at: now)
        noteOwn(event, key, version, in: buckets.values[index], at: now)
    }
}

extension ObjectVersion {
    fileprivate func holding(_ content: ObjectContent) -> ObjectVersion {
        var version = self
        version.content = content
        return version
    }
}

extension Bucket {
    /// When a version goes by itself, as `x-amz-expiration` tells it.
    func expiration(of version: ObjectVersion, _ key: ObjectKey) -> String? {
        guard let document = configuration[.lifecycle],
            let expiry = LifecyclePlan(document).expiry(of: version, key)
        else { return nil }
        let rule = PercentCoding.encode(expiry.rule)
        return "expiry-date=\"\(TimeFormats.rfc822(expiry.at))\", rule-id=\"\(rule)\""
    }

    /// When an upload is aborted by itself, in the members that tell it.
    func showAbortion(of upload: MultipartUpload, in output: inout Fields) {
        guard let document = configuration[.lifecycle],
            let abortion = LifecyclePlan(document).abortion(of: upload)
        else { return }
        output["AbortDate"] = .timestamp(abortion.at)
        output["AbortRuleId"] = .string(abortion.rule)
    }
}
