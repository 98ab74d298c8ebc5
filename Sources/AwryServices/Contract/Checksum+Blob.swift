// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension Checksum {
    /// The checksum of a blob: known since it was received, or made by reading it piece by piece.
    public static func of(_ blob: Blob, _ algorithm: ChecksumAlgorithm) -> [UInt8] {
        if let known = blob.knownDigest(algorithm.rawValue) { return known }
        var checksum = Checksum(algorithm)
        blob.forEachPiece { checksum.update($0) }
        return checksum.finish()
    }
}
