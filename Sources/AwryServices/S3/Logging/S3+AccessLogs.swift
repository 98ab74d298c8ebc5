// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Server access logs: a record for each request to a bucket whose logging is on, delivered by the clock at the full
/// hour after.
extension S3 {
    /// The service that delivers logs.
    static let logService = "logging.s3.amazonaws.com"

    /// Takes a record down, where its bucket has a log.
    mutating func note(_ record: AccessRecord) {
        guard let source = buckets[record.bucket], let target = LogTarget(source.configuration[.logging]) else {
            return
        }
        accessLogs.add(record.line(owner: source.acl.owner), from: source.name, to: target, at: record.time)
    }

    /// Takes down what S3 itself did to an object ("Amazon S3 Lifecycle and logging").
    mutating func noteOwn(
        _ event: S3Event.Name, _ key: ObjectKey, _ version: ObjectVersion, in bucket: Bucket,
        at time: Timestamp
    ) {
        guard bucket.configuration[.logging] != nil, let operation = event.lifecycleOperation(of: version) else {
            return
        }
        var record = AccessRecord(bucket: bucket.name, operation: operation, time: time, requestID: requestID())
        record.key = key.text
        record.objectSize = version.content?.size
        record.versionID = version.id
        record.requester = Principal(kind: .service, account: "", arn: "AmazonS3", userID: "")
        note(record)
    }

    /// Puts the records into their buckets that are due there.
    mutating func deliverLogs(to now: Timestamp) {
        for batch in accessLogs.takeDue(now) {
            let unique = reportNames.letters(16, of: "0123456789ABCDEF")
            guard let source = buckets[batch.source], let index = buckets.index(forKey: batch.target.bucket) else {
                continue
            }
            let key = batch.target.key(of: source, due: batch.due, unique: unique)
            guard takesLogs(buckets.values[index], key, from: source) else { continue }
            deliver(
                Delivered(key: key, bytes: batch.lines, type: "text/plain", grants: batch.target.grants),
                inBucketAt: index, at: batch.due)
        }
    }

    /// Whether logs may be delivered: not under a default retention or at the requester's cost ("Enabling Amazon S3
    /// server access logging"), and not without the right to it.
    private func takesLogs(_ target: Bucket, _ key: String, from source: Bucket) -> Bool {
        guard target.objectLock?.defaultRetention == nil else { return false }
        return !target.chargesOthers && hasRight(to: target, key, from: source)
    }

    private func hasRight(to target: Bucket, _ key: String, from source: Bucket) -> Bool {
        !judgesServices || target.letsLogsIn || target.admits(Self.logService, at: key, from: source)
    }
}

extension Bucket {
    /// Whether the group that delivers logs is granted that by the bucket's access control list.
    var letsLogsIn: Bool {
        guard ownership != .bucketOwnerEnforced else { return false }
        let granted = acl.grants.filter { $0.grantee == .group(AccessControlList.Group.logDelivery) }.map(\.permission)
        return granted.contains("FULL_CONTROL") || granted.contains("WRITE") && granted.contains("READ_ACP")
    }
}

extension S3Event.Name {
    /// What logs call it where a lifecycle did it.
    fileprivate func lifecycleOperation(of version: ObjectVersion) -> String? {
        switch self {
        case .expired: "S3.EXPIRE.OBJECT"
        case .markerCreatedByLifecycle: "S3.CREATE.DELETEMARKER"
        case .transitioned: Self.transitions[version.content?.storageClass ?? ""] ?? "S3.TRANSITION.OBJECT"
        default: nil
        }
    }

    private static let transitions = [
        "STANDARD_IA": "S3.TRANSITION_SIA.OBJECT", "ONEZONE_IA": "S3.TRANSITION_ZIA.OBJECT",
        "INTELLIGENT_TIERING": "S3.TRANSITION_INT.OBJECT", "GLACIER_IR": "S3.TRANSITION_GIR.OBJECT",
        "DEEP_ARCHIVE": "S3.TRANSITION_GDA.OBJECT",
    ]
}
