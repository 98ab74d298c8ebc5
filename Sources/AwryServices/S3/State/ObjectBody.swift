// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An object's bytes: slices of memory and of files one after the other, each shared with whoever else holds it. So a
/// multipart upload is completed, and an object copied, without a byte being moved.
struct ObjectBody: Sendable {
    /// The body as one value, for an answer.
    let blob: Blob

    /// What was sent.
    init(_ blob: Blob) {
        self.blob = blob
    }

    /// Bodies one after the other.
    init(joining bodies: some Sequence<ObjectBody>) {
        self.init(Blob.joined(bodies.map(\.blob)))
    }

    /// How many bytes there are.
    var count: Int { blob.count }

    /// The bytes from one offset up to another, which must be within.
    func part(_ range: Range<Int>) -> ObjectBody {
        range == 0..<count ? self : ObjectBody(blob.slice(range))
    }
}
