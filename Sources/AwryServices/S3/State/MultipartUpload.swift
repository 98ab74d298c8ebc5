// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// An upload in parts that was begun and not yet completed or aborted.
struct MultipartUpload: Sendable {
    let id: String
    let key: ObjectKey
    let initiatedAt: Timestamp
    let owner: S3Owner
    let initiator: S3Owner
    /// What the object will be, but for its bytes.
    let settings: ObjectSettings
    /// The checksums that its parts are to have; nil where the upload says nothing of it.
    let algorithm: ChecksumAlgorithm?
    /// Whether the object's checksum is made of its parts' checksums.
    let isComposite: Bool
    /// Whether there was an object of its key when it was begun.
    let replacesObject: Bool
    /// The parts by their numbers; a number that is uploaded again replaces what was there.
    var parts: [Int: Part] = [:]

    /// A part that was uploaded.
    struct Part: Sendable {
        let number: Int
        let body: ObjectBody
        let md5: [UInt8]
        let etag: String
        let modifiedAt: Timestamp
        /// Of the upload's algorithm, or of the one that came with the part.
        let checksum: ObjectChecksum?

        var size: Int { body.count }
    }

    /// The parts in their order.
    var sortedParts: [Part] { parts.values.sorted { $0.number < $1.number } }
}
