// SPDX-License-Identifier: Apache-2.0

/// Bytes as they came, never copied for the sake of a type: a slice of the buffer that received them, or pieces of
/// files and of buffers, of which nothing is in memory until it is asked for.
public struct Blob: Sendable {
    private enum Storage: Sendable {
        case memory(ArraySlice<UInt8>)
        case stored(StoredBytes)
    }

    /// Pieces that are handed on are no longer than this.
    public static let pieceBytes = 256 << 10

    private let storage: Storage

    /// A blob of a slice, which stays shared with its array.
    public init(_ bytes: ArraySlice<UInt8>) {
        storage = .memory(bytes)
    }

    /// A blob of a whole array.
    public init(_ bytes: [UInt8]) {
        storage = .memory(bytes[...])
    }

    /// A blob of a text's UTF-8.
    public init(utf8 text: String) {
        storage = .memory(Array(text.utf8)[...])
    }

    /// A file's contents.
    public init(_ file: BodyFile) {
        self.init(segments: [.file(FileExtent(file), 0..<file.size)])
    }

    /// These parts, one after the other.
    init(segments: [BlobSegment]) {
        storage = .stored(StoredBytes(segments))
    }

    private init(_ stored: StoredBytes) {
        storage = .stored(stored)
    }

    /// How many bytes there are.
    public var count: Int {
        switch storage {
        case .memory(let bytes): bytes.count
        case .stored(let stored): stored.count
        }
    }

    /// Whether there are none.
    public var isEmpty: Bool { count == 0 }

    /// All bytes, if they lie in memory in one piece.
    public var inMemory: ArraySlice<UInt8>? {
        switch storage {
        case .memory(let bytes): return bytes
        case .stored(let stored):
            if stored.segments.count == 1, case .memory(let bytes) = stored.segments[0] { return bytes }
            return stored.segments.isEmpty ? [] : nil
        }
    }

    /// All bytes. What lies in files is read: ask for it only where `count` is bounded, or `prefix` before it.
    public var bytes: ArraySlice<UInt8> {
        if let inMemory { return inMemory }
        var whole: [UInt8] = []
        whole.reserveCapacity(count)
        forEachPiece { whole.append(contentsOf: $0) }
        return whole[...]
    }

    /// Its parts in order: slices of memory and of files. Holding them holds the files.
    public var segments: [BlobSegment] {
        switch storage {
        case .memory(let bytes): [.memory(bytes)]
        case .stored(let stored): stored.segments
        }
    }

    /// Calls `take` with all bytes in order, at most `pieceBytes` of them at a time; a file that has become shorter
    /// since ends them early.
    public func forEachPiece(_ take: (UnsafeRawBufferPointer) -> Void) {
        switch storage {
        case .memory(let bytes): Self.give(bytes, take)
        case .stored(let stored):
            var buffer: [UInt8] = []
            for segment in stored.segments {
                switch segment {
                case .memory(let bytes): Self.give(bytes, take)
                case .file(let extent, let range):
                    if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: min(Self.pieceBytes, stored.count)) }
                    var offset = range.lowerBound
                    while offset < range.upperBound {
                        let wanted = min(buffer.count, range.upperBound - offset)
                        let count = buffer.withUnsafeMutableBytes {
                            extent.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]))
                        }
                        if count == 0 { return }
                        Self.give(buffer[..<count], take)
                        offset += count
                    }
                }
            }
        }
    }

    private static func give(_ bytes: ArraySlice<UInt8>, _ take: (UnsafeRawBufferPointer) -> Void) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = min(start + pieceBytes, bytes.endIndex)
            bytes[start..<end].withUnsafeBytes { take($0) }
            start = end
        }
    }
}

extension Blob {
    /// The bytes in a range counted from its beginning, without copying; what lies outside is left out.
    public func slice(_ range: Range<Int>) -> Blob {
        let range = range.clamped(to: 0..<count)
        switch storage {
        case .memory(let bytes):
            return Blob(bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)])
        case .stored(let stored): return Blob(segments: stored.segments(in: range))
        }
    }

    /// The first bytes, at most so many.
    public func prefix(_ count: Int) -> Blob { slice(0..<max(count, 0)) }

    /// Whether its bytes are all of an array, so that who holds it holds nothing else with it.
    public var holdsNothingElse: Bool {
        guard case .memory(let bytes) = storage else { return false }
        // Of all of an array, the array made of it is that array; a copy lies elsewhere.
        return Array(bytes).withUnsafeBytes { whole in
            bytes.withUnsafeBytes { $0.baseAddress == whole.baseAddress }
        }
    }

    /// These, one after the other, without copying.
    public static func joined(_ blobs: [Blob]) -> Blob {
        if blobs.count == 1 { return blobs[0] }
        return Blob(segments: blobs.flatMap { $0.isEmpty ? [] : $0.segments })
    }

    /// The same bytes with digests that are known of them, beside those that were known before, by the algorithms'
    /// names in S3's spelling (`MD5`, `CRC32C`).
    public func knowing(_ digests: [String: [UInt8]]) -> Blob {
        var digests = digests
        if case .stored(let stored) = storage { digests.merge(stored.digests) { new, _ in new } }
        return Blob(StoredBytes(segments, digests: digests))
    }

    /// Whether both are the same stretches of the same memory and files, so that their bytes need not be compared. It
    /// may be false of equal bytes.
    public func isSame(as other: Blob) -> Bool {
        let (left, right) = (segments, other.segments)
        return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    }

    /// The digest of this algorithm, if it is known without reading the bytes.
    public func knownDigest(_ name: String) -> [UInt8]? {
        if case .stored(let stored) = storage { stored.digests[name] } else { nil }
    }
}

extension Blob: Hashable {
    /// Whether both have the same bytes.
    public static func == (left: Blob, right: Blob) -> Bool {
        switch (left.storage, right.storage) {
        case (.memory(let left), .memory(let right)): return left == right
        case (.stored(let left), .stored(let right)) where left === right: return true
        default:
            guard left.count == right.count else { return false }
            return stride(from: 0, to: left.count, by: pieceBytes).allSatisfy {
                let range = $0..<($0 + pieceBytes)
                return left.slice(range).bytes == right.slice(range).bytes
            }
        }
    }

    /// Counts the bytes and the first of them: no more of a large file is read for this.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(prefix(1024).bytes)
    }
}
