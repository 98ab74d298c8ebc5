// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// `/oauth2/userInfo` and `/oauth2/revoke` (OpenID Connect Core 1.0, 5.3; RFC 7009).
extension CognitoIDP {
    static var hostedUserInfo: Handler { userInfo }
    static var hostedRevoke: Handler { revoke }

    private static func userInfo(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let id = try state.poolID(ofDomainIn: call)
        let header = call.members.text("Authorization")
        guard header.lowercased().hasPrefix("bearer ") else {
            throw call.invalidToken("Access token is missing", status: header.isEmpty ? 400 : 401)
        }
        let bearer: Bearer
        do throws(WireError) {
            bearer = try state.bearer(call, String(header.dropFirst(7)))
        } catch {
            throw call.invalidToken(
                "Access token is expired, disabled, or deleted, or the user has globally signed out.")
        }
        guard bearer.pool == id, let pool = state.pools[id], let user = pool.users[bearer.user],
            let client = pool.clients[bearer.client]
        else { throw call.invalidToken("Access token is not of this user pool.") }
        let scopes = bearer.token.text("scope")
        guard scopes.split(separator: " ").contains("openid") else {
            throw call.invalidToken("Access token does not contain openid scope")
        }
        var claims: Fields = ["sub": .string(user.sub)]
        let shown = TokenIssue.attributes(of: user, for: client, scopes: scopes)
        for (name, value) in shown { claims[name] = .string(value) }
        claims["username"] = .string(user.username)
        return .output(["Claims": .structure(claims)])
    }

    private static func revoke(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let id = try state.poolID(ofDomainIn: call)
        guard let pool = state.pools[id] else { throw call.noPool(id) }
        let hosted = HostedCall(call, pool)
        let client = try hosted.client(of: pool)
        let token = try hosted.required("token")
        var input: Fields = ["ClientId": .string(client.id), "Token": .string(token)]
        if let secret = client.secrets.last { input["ClientSecret"] = .string(secret.value) }
        do throws(WireError) {
            _ = try revokeToken?(&state, hosted.inner("RevokeToken", input))
            return .output([:])
        } catch {
            switch error.code {
            case "UnsupportedTokenTypeException": throw call.error("unsupported_token_type", nil)
            case "UnauthorizedException" where pool.refreshTokens[token] != nil:
                throw call.error("unauthorized_client", nil)
            // A token that nobody knows needs no revoking (RFC 7009, 2.2).
            case "UnauthorizedException": return .output([:])
            default: throw call.error("invalid_request", error.message)
            }
        }
    }
}

extension FakeCall {
    /// The refusal of a bearer token, which the header repeats (RFC 6750, 3).
    fileprivate func invalidToken(_ message: String, status: Int = 401) -> WireError {
        var refusal = error(status == 400 ? "invalid_request" : "invalid_token", message)
        refusal.headers.append(
            Header("WWW-Authenticate", "Bearer error=\"\(refusal.code)\", error_description=\"\(message)\""))
        return refusal
    }
}
