// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// The issuers of web identity tokens that a sandbox knows, and their keys (RFC 7517): user pools, and those whose keys
/// a scenario gives. One lock around a map; it may be taken while a fake's lock is held, never the other way round.
public final class TokenIssuers: Sendable {
    private let keys = Mutex<[String: [Fields]]>([:])

    /// No issuer is known yet.
    public init() {}

    /// Knows an issuer by these keys. Its name is its URL, with or without `https://`.
    public func know(_ issuer: String, keys list: [Fields]) {
        keys.withLock { $0[Self.bare(issuer)] = list }
    }

    /// Knows an issuer no longer.
    public func forget(_ issuer: String) {
        keys.withLock { $0[Self.bare(issuer)] = nil }
    }

    /// The keys of an issuer; nil where it is not known.
    func keys(of issuer: String) -> [Fields]? {
        keys.withLock { $0[Self.bare(issuer)] }
    }

    func clear() {
        keys.withLock { $0 = [:] }
    }

    /// A URL as ARNs have it.
    static func bare(_ issuer: String) -> String {
        var text = issuer.hasPrefix("https://") ? String(issuer.dropFirst(8)) : issuer
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
