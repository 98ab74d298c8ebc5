// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A sign-in between two steps: what its session string stands for.
struct AuthSession: Sendable {
    let pool: String
    let client: String
    /// The user's key in the pool; that of a user whom there is not, where the client hides that.
    let user: String
    /// The challenge that is to be answered.
    var challenge: String
    let endsAt: Timestamp
    /// SRP's numbers: the client's, the server's and its secret, and the block that is signed.
    var exchange: Exchange?
    /// The code that was sent for the second factor.
    var code: String?
    /// The device that is proving itself.
    var device: String?
    /// What Lambda functions were told of the challenges so far.
    var custom: [Value] = []
    var privateParameters: Fields = [:]
    var challengeMetadata = Value.null
    /// Whether it began with one of the administrator's operations.
    var isAdministrators = false

    struct Exchange: Sendable {
        let client: [UInt8]
        let server: [UInt8]
        let secret: [UInt8]
        let block: [UInt8]
    }
}

/// A refresh token and what it belongs to.
struct RefreshToken: Sendable {
    let user: String
    let client: String
    /// The `origin_jti` of the sign-in.
    let origin: String
    let until: Timestamp
    var isRevoked = false
    /// When it was exchanged for another one.
    var rotatedAt: Timestamp?
}
