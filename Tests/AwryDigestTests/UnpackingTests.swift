// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import Testing

struct UnpackingTests {
    private struct Broken: Error {}

    /// `printf 'hello hello hello\n' | gzip -n`, and `bzip2`.
    private static let text = Array("hello hello hello\n".utf8)
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40,
        0x90, 0x5C, 0x00, 0x3B, 0x7C, 0x8A, 0xDF, 0x12, 0x00, 0x00, 0x00,
    ]
    private static let bzip2: [UInt8] = [
        0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0xE5, 0xB5, 0xF3, 0x09, 0x00, 0x00, 0x04, 0x51,
        0x00, 0x00, 0x10, 0x40, 0x00, 0x02, 0x44, 0xA0, 0x00, 0x21, 0xB5, 0x18, 0x0C, 0x02, 0x90, 0x69, 0xC2, 0xA3,
        0x0B, 0xB9, 0x22, 0x9C, 0x28, 0x48, 0x72, 0xDA, 0xF9, 0x84, 0x80,
    ]

    private func gunzip(_ pieces: [ArraySlice<UInt8>]) throws -> (bytes: [UInt8], isComplete: Bool) {
        let gunzip = try #require(Gunzip())
        var out: [UInt8] = []
        for piece in pieces {
            try gunzip.take(piece, failing: { _ in Broken() }) { (bytes) throws(Broken) in out += bytes }
        }
        return (out, gunzip.isComplete)
    }

    private func bunzip(_ bytes: [UInt8], by size: Int) throws(Bunzip2.Mistake) -> [UInt8] {
        var bunzip = Bunzip2()
        var rest = bytes[...]
        var out: [UInt8] = []
        while let block = try bunzip.next({
            defer { rest = rest.dropFirst(size) }
            return rest.isEmpty ? nil : rest.prefix(size)
        }) { out += block }
        return out
    }

    @Test func gzipComesInPieces() throws {
        for split in Self.gzip.indices {
            let found = try gunzip([Self.gzip[..<split], Self.gzip[split...]])
            #expect(found.bytes == Self.text && found.isComplete)
            #expect(try !gunzip([Self.gzip[..<split]]).isComplete)
        }
        let twice = try gunzip([(Self.gzip + Self.gzip)[...]])
        #expect(twice.bytes == Self.text + Self.text && twice.isComplete)
        #expect(throws: Broken.self) { try gunzip([[1, 2, 3, 4]]) }
    }

    @Test func bzip2ComesInBlocks() throws {
        for size in [1, 7, 1000] {
            #expect(try bunzip(Self.bzip2, by: size) == Self.text)
            #expect(try bunzip(Self.bzip2 + Self.bzip2, by: size) == Self.text + Self.text)
        }
        for end in Self.bzip2.indices.dropFirst() {
            #expect(throws: Bunzip2.Mistake.self) { try bunzip(Array(Self.bzip2[..<end]), by: 100) }
        }
        for place in Self.bzip2.indices.dropFirst(4).dropLast(10) {
            var damaged = Self.bzip2
            damaged[place] ^= 0x10
            // Codes that no symbol uses may be anything; all else is found out, by the sum if by nothing before.
            #expect((try? bunzip(damaged, by: 100)) ?? Self.text == Self.text)
        }
    }
}
