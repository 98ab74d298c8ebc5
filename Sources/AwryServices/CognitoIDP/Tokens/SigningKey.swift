// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// A key that signs a pool's tokens, with the name under which it is published.
struct SigningKey: Sendable {
    let id: String
    let rsa: RSAKey

    /// As a JSON Web Key (RFC 7517).
    var published: Fields {
        [
            "alg": "RS256", "e": .string(Base64.urlText(RSAKey.exponent)), "kid": .string(id), "kty": "RSA",
            "n": .string(Base64.urlText(rsa.modulus)), "use": "sig",
        ]
    }

    /// The token of these claims, signed.
    func token(_ claims: Fields) -> String {
        JSONWebToken.text(header: ["kid": .string(id), "alg": "RS256"], claims: .structure(claims)) {
            rsa.signature(of: $0)
        }
    }
}

extension JSONWebToken {
    /// A claim that is a text; empty where it is none.
    func text(_ claim: String) -> String { claims[claim]?.string ?? "" }

    /// A claim that says a moment.
    func moment(_ claim: String) -> Timestamp? { claims[claim]?.integer.map { Timestamp(seconds: $0) } }
}
