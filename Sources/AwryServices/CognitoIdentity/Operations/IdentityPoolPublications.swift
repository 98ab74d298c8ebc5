// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What identity pools publish for those who verify their tokens.
extension CognitoIdentity {
    static func handler(_ operation: String) -> Handler? {
        switch operation {
        case "GetKeys":
            { (state, _) in .output(["keys": .list(state.keys.published.map { .structure($0) })]) }
        case "GetConfiguration":
            { (_, call) in
                .output([
                    "issuer": .string(IdentityToken.issuer),
                    "jwks_uri": .string("\(call.endpoint)/.well-known/jwks_uri"),
                    "id_token_signing_alg_values_supported": ["RS512"], "response_types_supported": ["id_token"],
                    "subject_types_supported": ["public"],
                ])
            }
        default: identityHandler(operation)
        }
    }
}
