// SPDX-License-Identifier: Apache-2.0

/// A part of a blob: a slice of memory, or of a file.
public enum BlobSegment: Sendable {
    case memory(ArraySlice<UInt8>)
    /// The range counts from the extent's beginning.
    case file(FileExtent, Range<Int>)

    /// How many bytes it has.
    public var count: Int {
        switch self {
        case .memory(let bytes): bytes.count
        case .file(_, let range): range.count
        }
    }

    /// Whether both are the same stretch of the same memory or file.
    func isSame(as other: BlobSegment) -> Bool {
        switch (self, other) {
        case (.memory(let left), .memory(let right)):
            left.withUnsafeBytes { left in
                right.withUnsafeBytes { left.baseAddress == $0.baseAddress && left.count == $0.count }
            }
        case (.file(let left, let leftRange), .file(let right, let rightRange)):
            left === right && leftRange == rightRange
        default: false
        }
    }

    fileprivate func slice(_ range: Range<Int>) -> BlobSegment {
        switch self {
        case .memory(let bytes):
            .memory(bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)])
        case .file(let extent, let place):
            .file(extent, (place.lowerBound + range.lowerBound)..<(place.lowerBound + range.upperBound))
        }
    }
}

/// What a blob consists of that is not one slice of memory. An object, so that a value stays small.
final class StoredBytes: Sendable {
    let segments: [BlobSegment]
    let count: Int
    let digests: [String: [UInt8]]
    /// Where each segment ends, for looking a place up.
    private let ends: [Int]

    init(_ segments: [BlobSegment], digests: [String: [UInt8]] = [:]) {
        var ends: [Int] = []
        ends.reserveCapacity(segments.count)
        var end = 0
        for segment in segments {
            end += segment.count
            ends.append(end)
        }
        self.segments = segments
        self.ends = ends
        self.digests = digests
        count = end
    }

    /// The parts of segments that lie in a range, which is within 0..<count.
    func segments(in range: Range<Int>) -> [BlobSegment] {
        guard !range.isEmpty else { return [] }
        var index = firstSegment(endingAfter: range.lowerBound)
        var parts: [BlobSegment] = []
        while index < segments.count {
            let start = ends[index] - segments[index].count
            if start >= range.upperBound { break }
            let part = range.clamped(to: start..<ends[index])
            parts.append(segments[index].slice((part.lowerBound - start)..<(part.upperBound - start)))
            index += 1
        }
        return parts
    }

    private func firstSegment(endingAfter place: Int) -> Int {
        var (low, high) = (0, ends.count)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
