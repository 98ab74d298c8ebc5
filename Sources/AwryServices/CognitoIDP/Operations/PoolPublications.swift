// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a pool publishes for those who verify its tokens.
extension CognitoIDP {
    static func handler(_ operation: String) -> Handler? {
        switch operation {
        case "GetKeys": keys
        case "GetConfiguration": configuration
        // No page has the name of an operation of the pool's.
        default: hostedHandler(operation) ?? poolHandler(operation)
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
        var published: Fields = [
            "id_token_signing_alg_values_supported": ["RS256"], "issuer": .string(issuer),
            "jwks_uri": .string("\(issuer)/.well-known/jwks.json"), "response_types_supported": ["code", "token"],
            "scopes_supported": ["openid", "email", "phone", "profile"], "subject_types_supported": ["public"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        ]
        if let base = PageAddress.base(of: pool, call) {
            for (name, path) in [
                ("authorization_endpoint", "oauth2/authorize"), ("end_session_endpoint", "logout"),
                ("revocation_endpoint", "oauth2/revoke"), ("token_endpoint", "oauth2/token"),
                ("userinfo_endpoint", "oauth2/userInfo"),
            ] { published[name] = .string("\(base)/\(path)") }
        }
        return .output(published)
    }
}
