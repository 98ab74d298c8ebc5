// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// A column of an inventory, by its name in manifests.
enum InventoryField: String, Sendable, CaseIterable {
    case bucket = "Bucket"
    case key = "Key"
    case versionID = "VersionId"
    case isLatest = "IsLatest"
    case isDeleteMarker = "IsDeleteMarker"
    case size = "Size"
    case modified = "LastModifiedDate"
    case etag = "ETag"
    case storageClass = "StorageClass"
    case isMultipart = "IsMultipartUploaded"
    case replication = "ReplicationStatus"
    case encryption = "EncryptionStatus"
    case retainUntil = "ObjectLockRetainUntilDate"
    case lockMode = "ObjectLockMode"
    case legalHold = "ObjectLockLegalHoldStatus"
    case tier = "IntelligentTieringAccessTier"
    case bucketKey = "BucketKeyStatus"
    case checksum = "ChecksumAlgorithm"
    case acl = "ObjectAccessControlList"
    case owner = "ObjectOwner"
    case expiration = "LifecycleExpirationDate"

    /// Those that are there only where they are asked for, in the order of the columns.
    static let optional = allCases.drop { $0 != .size }

    /// The column of a version; empty where it says nothing.
    func text(of version: ObjectVersion, _ key: ObjectKey, isLatest: Bool, in bucket: Bucket) -> String {
        switch self {
        case .bucket: bucket.name
        case .key: PercentCoding.encode(key.text, keeping: "/")
        case .versionID: version.id ?? ""
        case .isLatest: isLatest ? "true" : "false"
        case .isDeleteMarker: version.isDeleteMarker ? "true" : "false"
        case .modified: TimeFormats.iso8601(version.modifiedAt.wholeSeconds, fraction: .milliseconds)
        case .owner: version.owner.id
        default: version.content.map { text(of: $0, version, key, isLatest: isLatest, in: bucket) } ?? ""
        }
    }

    private func text(
        of content: ObjectContent, _ version: ObjectVersion, _ key: ObjectKey, isLatest: Bool, in bucket: Bucket
    ) -> String {
        switch self {
        case .size: String(content.size)
        case .etag: content.etag
        case .storageClass: content.storageClass
        case .isMultipart: content.parts.isEmpty ? "false" : "true"
        case .replication: content.replication?.rawValue ?? ""
        case .encryption: content.encryption.inventoryStatus
        case .retainUntil:
            content.retention.map { TimeFormats.iso8601($0.until.wholeSeconds, fraction: .milliseconds) } ?? ""
        case .lockMode: content.retention?.mode.rawValue ?? ""
        case .legalHold: content.legalHold.map { $0 ? "ON" : "OFF" } ?? ""
        case .tier: content.storageClass == "INTELLIGENT_TIERING" ? "FREQUENT" : ""
        case .bucketKey: content.encryption.usesBucketKey ? "ENABLED" : "DISABLED"
        case .checksum: content.checksum?.algorithm.rawValue ?? ""
        case .acl: Base64.text(Array(JSON.text(content.acl.inventoried).utf8))
        case .expiration:
            (isLatest ? bucket.expiryMoment(of: version, key) : nil).map {
                TimeFormats.iso8601($0, fraction: .milliseconds)
            } ?? ""
        case .bucket, .key, .versionID, .isLatest, .isDeleteMarker, .modified, .owner: ""
        }
    }
}

extension ObjectEncryption {
    fileprivate var inventoryStatus: String {
        switch algorithm {
        case "AES256": "SSE-S3"
        case "aws:kms": "SSE-KMS"
        case "aws:kms:dsse": "DSSE-KMS"
        default: customerKeyMD5 == nil ? "NOT-SSE" : "SSE-C"
        }
    }
}

extension Bucket {
    fileprivate func expiryMoment(of version: ObjectVersion, _ key: ObjectKey) -> Timestamp? {
        configuration[.lifecycle].flatMap { LifecyclePlan($0).expiry(of: version, key)?.at }
    }
}

extension AccessControlList {
    /// As inventories hold it ("Object Access Control List", in the list of an inventory's fields).
    fileprivate var inventoried: Value {
        [
            "version": "2022-11-10", "status": "AVAILABLE",
            "grants": .list(
                grants.map { grant in
                    var fields: Fields = [:]
                    switch grant.grantee {
                    case .user(let id): fields = ["canonicalId": .string(id), "type": "CanonicalUser"]
                    case .group(let uri): fields = ["uri": .string(uri), "type": "Group"]
                    case .email: break
                    }
                    fields["permission"] = .string(grant.permission)
                    return .structure(fields)
                }),
        ]
    }
}
