// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// The issuers of web identity tokens that a sandbox knows, and their keys (RFC 7517): user pools, and those whose keys
/// a scenario gives. One lock around its maps; it may be taken while a fake's lock is held, never the other way round.
public final class TokenIssuers: Sendable {
    private struct Known {
        /// By the issuer's bare URL.
        var keys: [String: [Fields]] = [:]
        /// By a user pool's id. Its keys are made when they are first asked for, since that takes a while.
        var pools: [String: @Sendable () -> [Fields]] = [:]
        /// The scenario's, which stay when the services are emptied.
        var given: [String: [Fields]] = [:]
    }

    private let known = Mutex(Known())

    /// No issuer is known yet.
    public init() {}

    /// Knows an issuer by these keys. Its name is its URL, with or without `https://`.
    public func know(_ issuer: String, keys list: [Fields]) {
        known.withLock { $0.keys[Self.bare(issuer)] = list }
    }

    /// Knows a user pool as an issuer. Its name is AWS's (`cognito-idp.us-east-1.amazonaws.com/us-east-1_…`), or any
    /// address by which clients reach this server, for they get tokens under that.
    func know(pool id: String, keys list: @escaping @Sendable () -> [Fields]) {
        known.withLock { $0.pools[id] = list }
    }

    /// Knows a user pool no longer.
    func forget(pool id: String) {
        known.withLock { $0.pools[id] = nil }
    }

    /// The keys of an issuer; nil where it is not known.
    func keys(of issuer: String) -> [Fields]? {
        let bare = Self.bare(issuer)
        let pool = bare.split(separator: "/").last.map(String.init) ?? ""
        let (keys, made) = known.withLock { ($0.keys[bare] ?? $0.given[bare], $0.pools[pool]) }
        return keys ?? made?()
    }

    /// Knows these issuers beside the sandbox's own, and no others.
    func give(_ issuers: [String: [Fields]]) {
        let given = Dictionary(issuers.map { (Self.bare($0.key), $0.value) }, uniquingKeysWith: +)
        known.withLock { $0.given = given }
    }

    func clear() {
        known.withLock { $0 = Known(given: $0.given) }
    }

    /// A URL as ARNs have it. User pools are reached by plain HTTP here, so that is no part of their names either.
    static func bare(_ issuer: String) -> String {
        let scheme = ["https://", "http://"].first { issuer.hasPrefix($0) } ?? ""
        var text = String(issuer.dropFirst(scheme.count))
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
