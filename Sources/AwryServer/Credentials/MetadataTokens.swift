// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// The session tokens of the instance metadata service, version 2: nobody keeps them, each proves itself.
struct MetadataTokens {
    /// Tokens of one sandbox are none of another's.
    let key: String

    /// A token that holds until a moment, 56 characters long like EC2's.
    func token(until end: Timestamp) -> String {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: end.milliseconds >> (56 - 8 * Int64($0))) }
        return Base64.text(bytes + proof(of: bytes))
    }

    /// Whether this is such a token, and holds at a moment.
    func isValid(_ token: String, at now: Timestamp) -> Bool {
        guard let bytes = Base64.decode(Array(token.utf8)), bytes.count == 42 else { return false }
        let end = bytes.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return Digests.areEqual(bytes.dropFirst(8), proof(of: Array(bytes.prefix(8)))) && now.milliseconds < end
    }

    private func proof(of bytes: [UInt8]) -> [UInt8] {
        let hash = Digests.hmacSHA256(key: key.utf8, bytes)
        return hash + hash.prefix(2)
    }
}
