// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An object's bytes: slices one after the other, each shared with whoever else holds it. So a multipart upload is
/// completed, and an object copied, without a byte being moved.
struct ObjectBody: Sendable {
    private(set) var slices: [Blob]
    /// How many bytes there are.
    private(set) var count: Int

    /// What was sent.
    init(_ blob: Blob) {
        slices = blob.count == 0 ? [] : [blob]
        count = blob.count
    }

    /// No bytes.
    init() {
        self.init(Blob([]))
    }

    /// Bodies one after the other.
    init(joining bodies: some Sequence<ObjectBody>) {
        slices = []
        count = 0
        for body in bodies { append(body) }
    }

    /// Puts another body's bytes behind these.
    mutating func append(_ other: ObjectBody) {
        slices += other.slices
        count += other.count
    }

    /// The bytes from one offset up to another, which must be within.
    func part(_ range: Range<Int>) -> ObjectBody {
        if range == 0..<count { return self }
        var found = ObjectBody()
        var start = 0
        for slice in slices where !range.isEmpty {
            let end = start + slice.count
            let (low, high) = (max(start, range.lowerBound), min(end, range.upperBound))
            if low < high {
                let first = slice.bytes.startIndex
                found.append(ObjectBody(Blob(slice.bytes[(first + low - start)..<(first + high - start)])))
            }
            start = end
        }
        return found
    }

    /// The body as one value, for an answer; only one of several slices is copied together.
    var blob: Blob {
        if slices.count < 2 { return slices.first ?? Blob([]) }
        var whole: [UInt8] = []
        whole.reserveCapacity(count)
        for slice in slices { whole += slice.bytes }
        return Blob(whole)
    }
}
