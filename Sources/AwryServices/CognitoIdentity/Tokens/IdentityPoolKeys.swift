// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import Synchronization

/// The key of all identity pools' tokens; made when it is first needed, since that takes a good part of a tenth of a
/// second.
final class IdentityPoolKeys: Sendable {
    /// The name under which AWS publishes the first key of its first region.
    private static let id = "us-east-11"

    private let seed: UInt64
    private let made = Mutex<RSAKey?>(nil)

    /// A key that follows from these bits.
    init(seed: UInt64) {
        self.seed = seed
    }

    private var key: RSAKey {
        made.withLock { made in
            if let made { return made }
            var source = IdentifierSource(seed: seed, sandbox: "keys", service: CognitoIdentity.name)
            let key = RSAKey { source.bits() }
            made = key
            return key
        }
    }

    /// As JSON Web Keys (RFC 7517).
    var published: [Fields] {
        [
            [
                "alg": "RS512", "e": .string(Base64.urlText(RSAKey.exponent)), "kid": .string(Self.id), "kty": "RSA",
                "n": .string(Base64.urlText(key.modulus)), "use": "sig",
            ]
        ]
    }

    /// The token of these claims, signed.
    func token(_ claims: Fields) -> String {
        let key = key
        let header: Value = ["kid": .string(Self.id), "typ": "JWS", "alg": "RS512"]
        return JSONWebToken.text(header: header, claims: .structure(claims)) { key.signature(of: $0, .sha512) }
    }
}
