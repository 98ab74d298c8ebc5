// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Something that happened to an object, as notifications tell of it and replication follows it.
struct S3Event: Sendable {
    /// What happened, without `s3:` ("Event notification types and destinations").
    enum Name: String, Sendable, CaseIterable {
        case put = "ObjectCreated:Put"
        case post = "ObjectCreated:Post"
        case copy = "ObjectCreated:Copy"
        case completed = "ObjectCreated:CompleteMultipartUpload"
        case deleted = "ObjectRemoved:Delete"
        case markerCreated = "ObjectRemoved:DeleteMarkerCreated"
        case restorePosted = "ObjectRestore:Post"
        case restoreCompleted = "ObjectRestore:Completed"
        case restoreExpired = "ObjectRestore:Delete"
        case tagsPut = "ObjectTagging:Put"
        case tagsDeleted = "ObjectTagging:Delete"
        case aclPut = "ObjectAcl:Put"
        case expired = "LifecycleExpiration:Delete"
        case markerCreatedByLifecycle = "LifecycleExpiration:DeleteMarkerCreated"
        case transitioned = "LifecycleTransition"

        /// Whether the clock did it, and nobody's call.
        var isOwn: Bool {
            switch self {
            case .expired, .markerCreatedByLifecycle, .transitioned, .restoreCompleted, .restoreExpired: true
            default: false
            }
        }

        /// The version of the record's form.
        var version: String {
            switch self {
            case .put, .post, .copy, .completed, .deleted, .markerCreated, .restorePosted, .restoreCompleted: "2.1"
            default: "2.3"
            }
        }
    }

    let name: Name
    let bucket: String
    let key: ObjectKey
    /// The version that came, went, or was changed; nil where the bucket keeps none.
    let versionID: String?
    /// How many bytes it has; nil where it is gone.
    let size: Int?
    /// Its entity tag; nil where it is gone.
    let etag: String?
    /// When, by the sandbox's clock.
    let time: Timestamp

    /// The event of a version that there is, or was.
    init(_ name: Name, _ bucket: String, _ key: ObjectKey, _ version: ObjectVersion, at time: Timestamp) {
        self.name = name
        self.bucket = bucket
        self.key = key
        self.time = time
        versionID = version.id
        switch name {
        case .deleted, .expired:
            size = nil
            etag = nil
        case .markerCreated, .markerCreatedByLifecycle:
            // A delete marker's tag is that of no bytes.
            size = nil
            etag = "d41d8cd98f00b204e9800998ecf8427e"
        default:
            size = version.content?.size
            etag = version.content?.etag
        }
    }
}
