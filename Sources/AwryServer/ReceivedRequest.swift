// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
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
            // The quickest hash that there is here: every call without an SDK's id has it made of its body.
            let bytes = data.inMemory ?? (data.knownDigest("MD5") ?? Array(data.prefix(64 << 10).bytes))[...]
            return Checksum.of(bytes, .xxhash64).reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
