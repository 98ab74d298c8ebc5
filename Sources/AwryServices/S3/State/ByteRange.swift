// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A range of bytes as `Range` asks for it (RFC 9110, section 14.1.2).
enum ByteRange: Sendable, Hashable {
    /// From one offset to another, that one included; to the end where that is nil.
    case from(Int, to: Int?)
    /// So many at the end.
    case last(Int)

    /// The range that a header asks for. Nil for what S3 does not heed: another unit, several ranges, nonsense.
    init?(header: String) {
        guard header.lowercased().hasPrefix("bytes=") else { return nil }
        let halves = header.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        switch (Self.number(halves[0]), Self.number(halves[1])) {
        case (nil, let count?) where halves[0].isEmpty: self = .last(count)
        case (let first?, nil) where halves[1].isEmpty: self = .from(first, to: nil)
        case (let first?, let last?) where first <= last: self = .from(first, to: last)
        default: return nil
        }
    }

    /// A decimal number; one beyond all sizes is as good as the largest.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(text) ?? Int.max
    }

    /// Which bytes of so many that is; nil where it is none of them.
    func within(_ count: Int) -> Range<Int>? {
        switch self {
        case .from(let first, let last):
            guard first < count else { return nil }
            return first..<min(last ?? count - 1, count - 1) + 1
        case .last(let wanted):
            guard wanted > 0, count > 0 else { return nil }
            return max(count - wanted, 0)..<count
        }
    }
}
