// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A browser that has signed in at a pool's pages: what its cookie stands for.
struct HostedSession: Sendable {
    /// The name of the cookie, and how long it serves ("Managed login" of Cognito's guide).
    static let cookie = "cognito"
    static let span = Duration.seconds(3600)

    /// The user's key in the pool.
    let user: String
    let at: Timestamp

    /// The session's id among a request's cookies.
    static func id(in cookies: String) -> String? {
        for cookie in cookies.split(separator: ";") {
            let pair = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == cookie0 { return String(pair[1]) }
        }
        return nil
    }

    private static let cookie0 = Substring(cookie)
}

/// An authorization code and what it may be exchanged for (RFC 6749, 4.1; RFC 7636).
struct AuthorizationCode: Sendable {
    /// How long a code serves.
    static let span = Duration.seconds(300)

    let user: String
    let client: String
    let redirect: String
    let scopes: String
    let nonce: String?
    /// What the verifier's SHA-256 has to be.
    let challenge: String?
    /// When the user signed in.
    let signedInAt: Timestamp
    let until: Timestamp
}
