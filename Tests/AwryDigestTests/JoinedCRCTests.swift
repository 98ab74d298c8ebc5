// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryDigest

struct JoinedCRCTests {
    @Test(arguments: [ChecksumAlgorithm.crc32, .crc32c, .crc64nvme])
    func piecesMakeTheWhole(algorithm: ChecksumAlgorithm) {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 5) }
        for cuts in [[0, 10_000], [0, 1, 10_000], [0, 0, 4096, 4096, 9999, 10_000], [0, 10_000, 10_000]] {
            let pieces = zip(cuts, cuts.dropFirst()).map { (from, to) in
                (digest: Checksum.of(bytes[from..<to], algorithm), count: to - from)
            }
            #expect(JoinedCRC.of(pieces, algorithm) == Checksum.of(bytes[...], algorithm))
        }
        #expect(JoinedCRC.of([], algorithm) == Checksum.of([], algorithm))
    }

    @Test func hashesAreNotJoined() {
        #expect(JoinedCRC.of([(digest: [], count: 0)], .sha256) == nil)
    }
}
