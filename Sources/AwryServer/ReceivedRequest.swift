// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario

/// The HTTP request as rules may look at it: texts are made only when a rule asks for them.
struct ReceivedRequest: RawRequest {
    let head: RequestHead
    /// The body, once it was read and `aws-chunked` taken off.
    let data: Blob?

    /// Larger bodies are not brought into memory for a rule.
    private static let longest = 16 << 20

    var body: ArraySlice<UInt8>? { data.flatMap { $0.count <= Self.longest ? $0.bytes : nil } }

    var query: String { head.query.map { String(decoding: $0, as: UTF8.self) } ?? "" }

    func headers(_ name: String) -> [String] { head.texts(name) }

    /// Equal bodies have equal hashes, which is all that telling calls apart needs.
    var bodyHash: UInt64? {
        // Of a body in a file its digest is known, and telling by that is telling enough.
        data.map { data in
            var hasher = Hasher()
            let bytes = data.inMemory ?? (data.knownDigest("MD5") ?? Array(data.prefix(64 << 10).bytes))[...]
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
            return UInt64(truncatingIfNeeded: hasher.finalize())
        }
    }
}
