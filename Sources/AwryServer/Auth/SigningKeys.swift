// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import Synchronization

/// Signing keys that were derived (IAM User Guide, "Create a signed AWS API request", step 4): a client's stays the
/// same for a day. One lock around a table of bounded size.
final class SigningKeys: Sendable {
    private struct Name: Hashable {
        let secret: String
        let scope: String
    }

    private static let most = 1024
    private let known = Mutex<[Name: [UInt8]]>([:])

    /// The key for a secret and a signature's scope.
    func key(_ secret: String, _ parts: SignatureParts) -> [UInt8] {
        key(secret, scope: [parts.day, parts.region, parts.service, parts.end])
    }

    /// The key for a secret and a scope's parts.
    func key(_ secret: String, scope: [String]) -> [UInt8] {
        let name = Name(secret: secret, scope: scope.joined(separator: "/"))
        if let key = known.withLock({ $0[name] }) { return key }
        var key = Array("AWS4\(secret)".utf8)
        for step in scope {
            key = Digests.hmacSHA256(key: key, step.utf8)
        }
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[name] = key
        }
        return key
    }
}
