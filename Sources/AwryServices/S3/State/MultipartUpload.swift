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
        /// The digest from which that of the whole is made, where it is not made of the parts' checksums.
        let digest: [UInt8]

        var size: Int { body.count }
    }

    /// The algorithm of the object's checksum.
    var wholeAlgorithm: ChecksumAlgorithm { algorithm ?? .crc64nvme }

    /// The digests that `part` asks for.
    var digestsOfParts: Set<ChecksumAlgorithm> {
        var wanted: Set<ChecksumAlgorithm> = [.md5]
        if let algorithm { wanted.insert(algorithm) }
        if !isComposite { wanted.insert(wholeAlgorithm) }
        return wanted
    }

    /// A part of these bytes.
    func part(_ number: Int, _ body: ObjectBody, given: GivenChecksum?, now: Timestamp) -> Part {
        let md5 = Checksum.of(body.blob, .md5)
        // What was given has been found right, and is of the upload's algorithm if that has one.
        let checksum = given.map(ObjectChecksum.init) ?? algorithm.map { ObjectChecksum(of: body, $0) }
        let isWhole = checksum?.algorithm == wholeAlgorithm
        let digest = isWhole ? checksum.flatMap { Base64.decode($0.value.utf8) } : nil
        return Part(
            number: number, body: body, md5: md5, etag: settings.encryption.etag(md5: md5), modifiedAt: now,
            checksum: checksum,
            digest: isComposite ? [] : digest ?? Checksum.of(body.blob, wholeAlgorithm))
    }

    /// The parts in their order.
    var sortedParts: [Part] { parts.values.sorted { $0.number < $1.number } }
}
