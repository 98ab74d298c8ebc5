// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import Testing

struct ChecksumTests {
    /// The check values of "123456789": the CRC catalogue's (reveng), and GNU coreutils for the rest.
    static let known: [(ChecksumAlgorithm, String)] = [
        (.crc32, "cbf43926"), (.crc32c, "e3069283"), (.crc64nvme, "ae8b14860a799888"),
        (.md5, "25f9e794323b453885f5181f1b624d0b"), (.sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
        (.sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
    ]

    @Test(arguments: known)
    func checkValues(_ known: (ChecksumAlgorithm, String)) {
        #expect(Hex.text(Checksum.of(Array("123456789".utf8)[...], known.0)) == known.1)
    }

    /// RFC 3720, appendix B.4: 32 bytes of zeros, of ones, ascending.
    @Test func crc32cOfTheRFC() {
        #expect(Hex.text(Checksum.of([UInt8](repeating: 0, count: 32)[...], .crc32c)) == "8a9136aa")
        #expect(Hex.text(Checksum.of([UInt8](repeating: 0xFF, count: 32)[...], .crc32c)) == "62a8ab43")
        #expect(Hex.text(Checksum.of(Array(0..<32)[...], .crc32c)) == "46dd794e")
    }

    @Test(arguments: ChecksumAlgorithm.allCases)
    func splitsDoNotMatter(_ algorithm: ChecksumAlgorithm) {
        let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let whole = Checksum.of(bytes[...], algorithm)
        #expect(whole.count == algorithm.byteCount)
        for split in 0...bytes.count {
            var checksum = Checksum(algorithm)
            checksum.update(bytes[..<split])
            checksum.update(bytes[split...])
            #expect(checksum.finish() == whole)
        }
    }

    /// Long bodies are taken in four lanes, short pieces are not.
    @Test(arguments: [ChecksumAlgorithm.crc32c, .crc64nvme], [16_383, 16_384, 16_385, 40_000, 65_536])
    func lanesMakeNoDifference(_ algorithm: ChecksumAlgorithm, length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
        var checksum = Checksum(algorithm)
        for start in stride(from: 0, to: length, by: 1000) {
            checksum.update(bytes[start..<min(start + 1000, length)])
        }
        #expect(Checksum.of(bytes[...], algorithm) == checksum.finish())
    }
}
