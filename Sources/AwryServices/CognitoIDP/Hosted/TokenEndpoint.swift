// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// `/oauth2/token` ("The token issuer endpoint" of Cognito's guide; RFC 6749, 4.1.3, 4.4 and 6).
extension CognitoIDP {
    static var hostedToken: Handler { token }

    private static func token(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let id = try state.poolID(ofDomainIn: call)
        guard let pool = state.pools[id] else { throw call.noPool(id) }
        let hosted = HostedCall(call, pool)
        guard let grant = hosted.text("grant_type"), !grant.isEmpty else {
            throw call.error("invalid_request", "grant_type is missing")
        }
        let client = try hosted.client(of: pool)
        switch grant {
        case "authorization_code": return try exchange(hosted, client, id, &state)
        case "refresh_token": return try refresh(hosted, client, &state)
        case "client_credentials": return try credentials(hosted, client, id, &state)
        default: throw call.error("unsupported_grant_type", nil)
        }
    }

    private static func exchange(
        _ hosted: HostedCall, _ client: UserPoolClient, _ pool: String, _ state: inout CognitoIDP
    ) throws(WireError) -> Outcome {
        guard client.settings.texts("AllowedOAuthFlows").contains("code") else {
            throw hosted.call.error("unauthorized_client", nil)
        }
        let id = try hosted.required("code")
        let redirect = try hosted.required("redirect_uri")
        let result = try state.pools.change(pool) { (pool) throws(WireError) -> Fields in
            // A code serves once, whatever becomes of it.
            guard let code = pool.authorizationCodes.removeValue(forKey: id), code.client == client.id,
                code.redirect == redirect, code.until > hosted.call.now, code.isProved(by: hosted.text("code_verifier"))
            else { throw hosted.call.error("invalid_grant", nil) }
            let inner = hosted.inner("InitiateAuth", ["ClientId": .string(client.id)])
            do throws(WireError) {
                return try SignInFlow(inner, client).exchange(code, &pool)
            } catch {
                throw hosted.refused(error)
            }
        }
        return .output(result ?? [:])
    }

    private static func refresh(
        _ hosted: HostedCall, _ client: UserPoolClient, _ state: inout CognitoIDP
    ) throws(WireError) -> Outcome {
        var input: Fields = [
            "ClientId": .string(client.id), "RefreshToken": .string(try hosted.required("refresh_token")),
        ]
        if let secret = client.secrets.last { input["ClientSecret"] = .string(secret.value) }
        let inner = hosted.inner("GetTokensFromRefreshToken", input)
        do throws(WireError) {
            guard case .output(let output)? = try getTokensFromRefreshToken?(&state, inner) else { return .output([:]) }
            return .output(TokenIssue.names(output["AuthenticationResult"]?.fields ?? [:]))
        } catch {
            throw hosted.refused(error)
        }
    }

    private static func credentials(
        _ hosted: HostedCall, _ client: UserPoolClient, _ pool: String, _ state: inout CognitoIDP
    ) throws(WireError) -> Outcome {
        guard client.settings.texts("AllowedOAuthFlows").contains("client_credentials") else {
            throw hosted.call.error("unauthorized_client", nil)
        }
        // The scopes of OpenID Connect are a user's, and here is none.
        let allowed = client.settings.texts("AllowedOAuthScopes").filter { $0.contains("/") }
        let asked = (hosted.text("scope") ?? "").split(separator: " ").map(String.init)
        guard asked.allSatisfy(allowed.contains) else { throw hosted.call.error("invalid_scope", nil) }
        let inner = hosted.inner("InitiateAuth", ["ClientId": .string(client.id)])
        let result = state.pools.change(pool) { pool -> Fields in
            let issue = TokenIssue(pool: pool, client: client, call: inner)
            let token = issue.machineToken((asked.isEmpty ? allowed : asked).joined(separator: " "), &pool.identifiers)
            return [
                "access_token": .string(token), "expires_in": .integer(client.span(of: "AccessToken").seconds),
                "token_type": "Bearer",
            ]
        }
        return .output(result ?? [:])
    }
}

extension HostedCall {
    /// A refusal of the service's own operation, as the token endpoint words it: what a trigger said stays readable.
    fileprivate func refused(_ error: WireError) -> WireError {
        let isTriggers = error.code.contains("Lambda")
        return call.error(isTriggers ? "invalid_request" : "invalid_grant", isTriggers ? error.message : nil)
    }
}

extension AuthorizationCode {
    /// Whether the verifier is what the challenge was made of (RFC 7636, 4.6).
    func isProved(by verifier: String?) -> Bool {
        guard let challenge else { return true }
        guard let verifier else { return false }
        return Digests.areEqual(Array(Base64.urlText(Digests.sha256(verifier.utf8)).utf8), Array(challenge.utf8))
    }
}

extension SignInFlow {
    /// The tokens for an authorization code; those of the implicit grant come without a refresh token.
    func exchange(
        _ code: AuthorizationCode, _ pool: inout UserPool, isImplicit: Bool = false
    ) throws(WireError) -> Fields {
        try pool.onUser(code.user, call) { (pool, user) throws(WireError) in
            guard user.isEnabled else { throw call.refused("User is disabled.") }
            let origin = pool.identifiers.uuid()
            var signIn = PoolSignIn(client: client.id, at: code.signedInAt, scopes: code.scopes, nonce: code.nonce)
            signIn.isHosted = true
            var result = try tokens(user, origin, signIn, as: "TokenGeneration_HostedAuth", &pool)
            if !isImplicit {
                let end = call.now + client.span(of: "RefreshToken")
                result["RefreshToken"] = .string(pool.newRefreshToken(user, client, origin, until: end))
            }
            user.signIns[origin] = signIn
            return TokenIssue.names(result)
        }
    }
}
