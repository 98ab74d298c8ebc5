// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// One version of an object, or a delete marker.
struct ObjectVersion: Sendable {
    /// Its id; nil for the `null` version, which the bucket had before it was versioned, or got while that was
    /// suspended.
    let id: String?
    let modifiedAt: Timestamp
    let owner: S3Owner
    /// What it holds; nil for a delete marker.
    var content: ObjectContent?

    var isDeleteMarker: Bool { content == nil }
    /// The id as clients see it.
    var shownID: String { id ?? "null" }
}

/// What an object is, beside its key.
struct ObjectContent: Sendable {
    var body: ObjectBody
    /// Without its quotes.
    var etag: String
    /// Headers that come back as they were put, by the model's names: `ContentType`, `CacheControl`,
    /// `ContentDisposition`, `ContentEncoding`, `ContentLanguage`, `Expires`, `WebsiteRedirectLocation`.
    var headers: Fields = [:]
    /// The user's metadata, names in lower case without `x-amz-meta-`.
    var metadata: Fields = [:]
    var storageClass = "STANDARD"
    /// The copy that was restored from an archive, or is being restored.
    var restoration: Restoration?
    /// Values by their tags' keys.
    var tags: Fields = [:]
    var retention: Retention?
    /// Whether it is held until that is lifted; nil where nobody ever said.
    var legalHold: Bool?
    var checksum: ObjectChecksum?
    /// The parts of an object that was uploaded in parts; empty for others.
    var parts: [ObjectPart] = []
    /// How often bytes were put behind it, in a directory bucket.
    var appends = 0
    /// The upload that made it: who completes that once more is told the same again.
    var uploadID: String?
    var encryption = ObjectEncryption()
    var acl: AccessControlList
    /// Whether it was copied to other buckets, or is such a copy; nil where no rule is about it.
    var replication: Replication?

    /// How its copying went, as clients see it.
    enum Replication: String, Sendable {
        case completed = "COMPLETED"
        case failed = "FAILED"
        case replica = "REPLICA"
    }

    var size: Int { body.count }
}

/// A part of an object that was uploaded in parts.
struct ObjectPart: Sendable {
    let number: Int
    let size: Int
    /// The part's own checksum in base64, of the object's algorithm.
    let checksum: String?
}

/// The checksum that S3 keeps beside an object.
struct ObjectChecksum: Sendable, Hashable {
    var algorithm: ChecksumAlgorithm
    /// In base64; a composite one ends `-` and the number of its parts.
    var value: String
    /// Whether it is the parts' checksums' checksum, and not that of the bytes.
    var isComposite = false
}

/// Until when a version may not be deleted.
struct Retention: Sendable, Hashable {
    /// Who may lift it: with permission to bypass it, or nobody.
    enum Mode: String, Sendable, Hashable {
        case governance = "GOVERNANCE"
        case compliance = "COMPLIANCE"
    }

    var mode: Mode
    var until: Timestamp
}

/// A copy of an archived object that can be read for a while.
struct Restoration: Sendable, Hashable {
    /// When it can be read from.
    var readyAt: Timestamp
    /// When it goes again.
    var expiresAt: Timestamp
}

/// How an object is encrypted.
struct ObjectEncryption: Sendable, Hashable {
    /// `AES256`, `aws:kms`, `aws:kms:dsse`; nil where the customer's own key encrypts it.
    var algorithm: String? = "AES256"
    /// The KMS key's ARN.
    var keyID: String?
    /// The context, in base64 of JSON as it was sent.
    var context: String?
    var usesBucketKey = false
    /// The MD5 of the customer's own key, in base64.
    var customerKeyMD5: String?
}
