// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import Testing

/// Known answers from the standards named beside them.
struct DigestsTests {
    @Test func knownAnswers() {
        let abc = Array("abc".utf8)
        // RFC 1321, appendix A.5; FIPS 180-4's examples.
        #expect(Hex.text(Digests.md5(abc)) == "900150983cd24fb0d6963f7d28e17f72")
        #expect(Hex.text(Digests.sha1(abc)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            Hex.text(Digests.sha256(abc)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Hex.text(Digests.md5([])) == "d41d8cd98f00b204e9800998ecf8427e")
    }

    @Test func takesBytesThatAreNotContiguous() {
        #expect(Digests.sha256(AnySequence("abc".utf8)) == Digests.sha256(Array("abc".utf8)))
    }

    @Test func hmac() {
        // RFC 4231, test cases 1, 2 and 6 (a key longer than the block).
        let first = Digests.hmacSHA256(key: [UInt8](repeating: 0x0B, count: 20), "Hi There".utf8)
        #expect(Hex.text(first) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        let second = Digests.hmacSHA256(key: "Jefe".utf8, "what do ya want for nothing?".utf8)
        #expect(Hex.text(second) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let sixth = Digests.hmacSHA256(
            key: [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        #expect(Hex.text(sixth) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func comparesWholeDigests() {
        #expect(Digests.areEqual([1, 2, 3], [1, 2, 3]))
        #expect(!Digests.areEqual([1, 2, 3], [1, 2, 4]))
        #expect(!Digests.areEqual([1, 2, 3], [1, 2]))
    }

    @Test func hexBothWays() {
        #expect(Hex.text([0x00, 0xAB, 0xFF]) == "00abff")
        #expect(Hex.decode(Array("00aBFf".utf8)) == [0x00, 0xAB, 0xFF])
        for text in ["0", "0g", " 0", "-1"] { #expect(Hex.decode(Array(text.utf8)) == nil) }
    }
}
