// SPDX-License-Identifier: Apache-2.0

/// Reads a blob from its beginning, a piece at a time.
public struct BlobReader: Sendable {
    private let blob: Blob
    private var offset = 0

    /// A reader at a blob's first byte.
    public init(_ blob: Blob) {
        self.blob = blob
    }

    /// The next bytes, at most `Blob.pieceBytes`; nil at the end, and where a file cannot be read any more.
    public mutating func next() -> ArraySlice<UInt8>? {
        let piece = blob.slice(offset..<(offset + Blob.pieceBytes)).bytes
        offset += piece.count
        return piece.isEmpty ? nil : piece
    }
}
