// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@Suite struct BlobTests {
    /// Bytes that differ from their neighbours for a long way.
    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    }

    private static func written(_ bytes: [UInt8], held: Int, expected: Int?, piece: Int = 1000) throws -> Blob {
        var writer = BodyWriter(expected: expected, heldBytes: held, store: BodyStore())
        for start in stride(from: 0, to: bytes.count, by: piece) {
            let piece = bytes[start..<min(start + piece, bytes.count)]
            try #require(piece.withUnsafeBytes { writer.append($0) })
        }
        #expect(writer.count == bytes.count)
        return writer.finish()
    }

    @Test func knowsWhetherItHoldsAWholeArray() {
        let bytes = Self.bytes(100)
        #expect(Blob(bytes).holdsNothingElse && Blob(bytes[...]).holdsNothingElse)
        #expect(!Blob(bytes[..<99]).holdsNothingElse && !Blob(bytes[1...]).holdsNothingElse)
    }

    @Test(arguments: [0, 1, 999, 1000, 1001, 300_000])
    func isTheSameInMemoryAndInAFile(count: Int) throws {
        let bytes = Self.bytes(count)
        for expected in [nil, count, count + 10] {
            for held in [0, 1500, 1 << 20] {
                let blob = try Self.written(bytes, held: held, expected: expected)
                #expect(blob.count == count)
                #expect(blob == Blob(bytes) && blob.hashValue == Blob(bytes).hashValue)
                #expect(Array(blob.bytes) == bytes)
                #expect((blob.inMemory != nil) == (max(count, expected ?? 0) <= held || count == 0))
            }
        }
    }

    @Test func slicesOfManyParts() throws {
        let bytes = Self.bytes(5000)
        let parts = try [0..<1, 1..<1, 1..<2000, 2000..<2001, 2001..<5000].map { range in
            try Self.written(Array(bytes[range]), held: range.count.isMultiple(of: 2) ? 9000 : 0, expected: nil)
        }
        let whole = Blob.joined(parts)
        #expect(whole == Blob(bytes))
        for range in [0..<0, 0..<5000, 1..<2, 0..<2, 1999..<2002, 2000..<2001, 4999..<5000, 5000..<5000] {
            #expect(Array(whole.slice(range).bytes) == Array(bytes[range]))
            let inner = whole.slice(500..<4500).slice(range)
            #expect(Array(inner.bytes) == Array(bytes[500..<4500].dropFirst(range.lowerBound).prefix(range.count)))
        }
        #expect(whole.slice(4990..<6000).count == 10)
        #expect(whole != whole.slice(0..<4999) && whole != whole.slice(1..<5000))
    }

    @Test func piecesAreBounded() throws {
        let bytes = Self.bytes(2 * Blob.pieceBytes + 3)
        for blob in [Blob(bytes), try Self.written(bytes, held: 0, expected: nil, piece: 70_000)] {
            var sizes: [Int] = []
            var seen: [UInt8] = []
            blob.forEachPiece { piece in
                sizes.append(piece.count)
                seen += piece
            }
            #expect(seen == bytes)
            #expect(sizes == [Blob.pieceBytes, Blob.pieceBytes, 3])
        }
    }

    @Test func knowsDigestsOfTheWholeAlone() {
        let blob = Blob(utf8: "body").knowing(["MD5": [1, 2]])
        #expect(blob.knownDigest("MD5") == [1, 2] && blob.knownDigest("SHA1") == nil)
        #expect(blob.slice(0..<2).knownDigest("MD5") == nil)
        #expect(blob == Blob(utf8: "body"))
    }
}
