// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A bucket, what is set for it, and what it holds.
struct Bucket: Sendable {
    let name: String
    /// The account that owns it.
    let account: String
    let region: String
    let createdAt: Timestamp
    /// The zone of a directory bucket; nil for a general-purpose one.
    let zone: String?
    var versioning = Versioning.never
    var objectLock: ObjectLock?
    /// Everything else that can be set for a bucket.
    var configuration = BucketConfiguration() {
        didSet { ownership = configuration.ownership }
    }
    /// Who owns what is put, as the configuration says it: every write asks, and every read that is judged.
    private(set) var ownership = ObjectOwnership.objectWriter
    var acl: AccessControlList
    /// The objects: for each key its versions, the latest last. A key without a version does not stand here.
    var objects = KeyTable<[ObjectVersion]>()
    /// The uploads under way, by their ids.
    var uploads: [String: MultipartUpload] = [:]
    /// The latest renames, in a directory bucket.
    var renames: [Rename] = []

    init(_ name: String, place: Place, now: Timestamp, zone: String? = nil) {
        self.name = name
        account = place.account
        region = place.region
        createdAt = now
        self.zone = zone
        acl = AccessControlList(owner: S3Owner(account: place.account))
        // As new buckets are since April 2023.
        setOwnership(.bucketOwnerEnforced)
        configuration[.publicAccessBlock] = PublicAccessBlock.whole
    }

    /// Whether versions are kept. What was never versioned has one version for each key, called `null`.
    enum Versioning: Sendable, Hashable {
        case never
        case enabled
        case suspended
    }

    /// The lock of a bucket that was made with one, or got one later.
    struct ObjectLock: Sendable, Hashable {
        /// What new versions are held for, unless they say otherwise.
        var defaultRetention: DefaultRetention?
    }

    /// A default retention: its mode, and for how long from the version's creation.
    struct DefaultRetention: Sendable, Hashable {
        /// Exactly one of the spans counts.
        enum Span: Sendable, Hashable {
            case days(Int64)
            case years(Int64)
        }
        var mode: Retention.Mode
        var span: Span
    }

    var arn: String {
        zone == nil ? "arn:aws:s3:::\(name)" : "arn:aws:s3express:\(region):\(account):bucket/\(name)"
    }

    /// What of the bucket contradicts itself; nil where all is well.
    var contradiction: String? {
        if let found = objects.contradiction { return found }
        if ownership != configuration.ownership { return "its ownership controls are others" }
        if objectLock != nil, versioning != .enabled { return "locked, but not versioned" }
        for (key, versions) in objects {
            if versions.isEmpty { return "\(key.text) has no version" }
            if versioning == .never, versions.count > 1 || versions[0].id != nil { return "\(key.text) has versions" }
            if Set(versions.map { $0.id ?? "null" }).count < versions.count { return "\(key.text): ids twice" }
            for version in versions {
                guard let content = version.content else { continue }
                if content.parts.reduce(0, { $0 + $1.size }) != content.body.count, !content.parts.isEmpty {
                    return "\(key.text): its parts do not make up its body"
                }
            }
        }
        return nil
    }
}
