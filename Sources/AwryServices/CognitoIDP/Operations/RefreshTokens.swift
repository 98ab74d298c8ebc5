// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var getTokensFromRefreshToken: Handler? { refresh }
    static var revokeToken: Handler? { revoke }

    /// Refreshing where each refresh token serves once, but for a time of grace.
    private static func refresh(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onClient(call) { (pool, client) throws(WireError) in
            try client.checkSecret(call)
            let text = call.members.text("RefreshToken")
            let token = try pool.refreshToken(text, client, call)
            var result = try SignInFlow(call, client).refreshed(token, &pool)
            guard let grace = client.rotationGrace, let user = pool.users[token.user] else {
                return .output(["AuthenticationResult": .structure(result)])
            }
            if let rotated = token.rotatedAt, rotated + grace <= call.now {
                try pool.onUser(token.user, call) { (pool, user) throws(WireError) in
                    pool.revoke(&user, [token.origin])
                }
                throw call.error("RefreshTokenReuseException", "Refresh token has been reused")
            }
            if token.rotatedAt == nil { pool.refreshTokens[text]?.rotatedAt = call.now }
            // The new one ends with the sign-in's first: rotation prolongs nothing.
            let next = pool.newRefreshToken(user, client, token.origin, until: token.until)
            result["RefreshToken"] = .string(next)
            return .output(["AuthenticationResult": .structure(result)])
        }
    }

    private static func revoke(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onClient(call) { (pool, client) throws(WireError) in
            try client.checkSecret(call)
            guard client.has("EnableTokenRevocation") else {
                throw call.error("UnsupportedOperationException", "Token revocation is not enabled for this client.")
            }
            let text = call.members.text("Token")
            guard let token = pool.refreshTokens[text] else {
                if JSONWebToken(text) != nil {
                    throw call.error("UnsupportedTokenTypeException", "Unsupported token type")
                }
                throw call.error("UnauthorizedException", "Invalid token")
            }
            guard token.client == client.id else {
                throw call.error("UnauthorizedException", "Token was not issued to this client")
            }
            // A user who is gone has no sign-in left to end.
            guard pool.users[token.user] != nil else { return .output([:]) }
            try pool.onUser(token.user, call) { (pool, user) throws(WireError) in pool.revoke(&user, [token.origin]) }
            return .output([:])
        }
    }
}

extension UserPoolClient {
    /// Refuses a call that does not give the client's secret, where it has one.
    fileprivate func checkSecret(_ call: FakeCall) throws(WireError) {
        let given = call.members.optionalText("ClientSecret")
        if secrets.isEmpty ? given != nil : !secrets.contains(where: { $0.value == given }) {
            throw call.refused("Unable to verify secret for client \(id)")
        }
    }
}
