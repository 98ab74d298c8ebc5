// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a pool publishes for those who verify its tokens.
extension CognitoIDP {
    static func handler(_ operation: String) -> Handler? {
        switch operation {
        case "GetKeys": keys
        case "GetConfiguration": configuration
        default: poolHandler(operation)
        }
    }

    /// The pool of an address, whoever asks for it.
    private func published(_ call: FakeCall) throws(WireError) -> UserPool {
        let id = call.members.text("PoolId")
        guard let pool = pools[id] else { throw call.noPool(id) }
        return pool
    }

    private static func keys(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        .output(try state.published(call).keys.published.fields ?? [:])
    }

    private static func configuration(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let pool = try state.published(call)
        let issuer = TokenIssue.issuer(of: pool, at: call.endpoint)
        return .output([
            "id_token_signing_alg_values_supported": ["RS256"], "issuer": .string(issuer),
            "jwks_uri": .string("\(issuer)/.well-known/jwks.json"), "response_types_supported": ["code", "token"],
            "scopes_supported": ["openid", "email", "phone", "profile"], "subject_types_supported": ["public"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        ])
    }
}
