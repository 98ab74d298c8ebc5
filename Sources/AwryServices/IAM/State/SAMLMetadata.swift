// SPDX-License-Identifier: Apache-2.0

/// What a SAML provider says of itself.
struct SAMLMetadata: Sendable {
    /// As it was sent.
    let text: String
    /// Whom assertions must come from.
    var issuer: String
    /// The certificates by which assertions may be signed.
    var certificates: [Certificate]
}
