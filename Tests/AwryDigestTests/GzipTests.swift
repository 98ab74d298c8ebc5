// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import Testing

@Suite("Packing gzip")
struct GzipTests {
    private struct Broken: Error {}

    private func packed(_ pieces: [[UInt8]]) throws -> [UInt8] {
        let gzip = try #require(Gzip())
        for piece in pieces { gzip.take(piece) }
        return gzip.finish()
    }

    private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
        let gunzip = try #require(Gunzip())
        var whole: [UInt8] = []
        try gunzip.take(bytes[...], failing: { _ in Broken() }) { (piece) throws(Broken) in whole += piece }
        #expect(gunzip.isComplete)
        return whole
    }

    @Test("what is packed is unpacked again, in whatever pieces it came")
    func roundTrips() throws {
        let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        for pieces in [[], [[]], [Array("a\n".utf8)], [long], [Array(long[..<7]), [], Array(long[7...])]] {
            #expect(try unpacked(packed(pieces)) == pieces.flatMap(\.self))
        }
    }

    @Test("the same bytes are packed to the same")
    func tellsNoTime() throws {
        let bytes = try packed([Array("a".utf8)])
        #expect(try packed([Array("a".utf8)]) == bytes)
        // RFC 1952, section 2.3: the four bytes of the time are 0.
        #expect(bytes[4..<8].allSatisfy { $0 == 0 })
    }
}
