// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import Synchronization

/// Signing keys that were derived (IAM User Guide, "Create a signed AWS API request", step 4), each ready to sign: a
/// client's stays the same for a day. What a key is made of names it, so none is ever another's. One lock around a
/// table of bounded size.
final class SigningKeys: Sendable {
    private struct Name: Hashable {
        let secret: String
        let scope: String
    }

    private static let most = 1024
    private let known = Mutex<[Name: KeyedSHA256]>([:])

    /// The key for a secret and a signature's scope, `20260301/us-east-1/s3/aws4_request`.
    func key(_ secret: String, scope: ArraySlice<UInt8>) -> KeyedSHA256 {
        let name = Name(secret: secret, scope: String(decoding: scope, as: UTF8.self))
        if let key = known.withLock({ $0[name] }) { return key }
        var bytes = Array("AWS4\(secret)".utf8)
        for step in scope.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            bytes = Digests.hmacSHA256(key: bytes, step)
        }
        let key = KeyedSHA256(key: bytes)
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[name] = key
        }
        return key
    }
}
