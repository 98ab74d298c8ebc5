// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension IAM {
    /// "GetWebIdentityToken" of the STS API Reference: five minutes unless the call says.
    private static let tokenLife: Int64 = 300
    /// How long a token may be; AWS tells no number, so it is what AssumeRoleWithWebIdentity takes at most.
    private static let longestToken = 20_000

    static var getWebIdentityToken: Handler? { webToken(_:_:) }

    private static func webToken(_ state: inout IAM, _ call: FakeCall) throws(WireError) -> Outcome {
        let account = call.place.account
        guard let issuer = state[account].tokenIssuer else {
            throw call.error("OutboundWebIdentityFederationDisabledException")
        }
        let seconds = call.members.integer("DurationSeconds") ?? tokenLife
        let end = call.now + .seconds(seconds)
        let session = state.session(call.principal.accessKeyID)
        if let session, session.expires < end {
            throw call.error("SessionDurationEscalationException")
        }
        let tags = try call.tags(beside: [:], limit: "TagsPerRequest")
        let subject = session?.roleARN ?? call.principal.arn
        var own: Fields = [
            "aws_account": .string(account), "org_id": .string("o-" + account), "principal_id": .string(subject),
        ]
        if !tags.isEmpty { own["request_tags"] = .structure(tags) }
        let audiences = call.members.texts("Audience")
        let claims: Value = [
            "iss": .string(issuer), "sub": .string(subject),
            "aud": audiences.count == 1 ? .string(audiences[0]) : .list(audiences.map { .string($0) }),
            "iat": .integer(call.now.seconds), "nbf": .integer(call.now.seconds), "exp": .integer(end.seconds),
            "jti": .string(state[account].identifiers.uuid()), "https://sts.amazonaws.com/": .structure(own),
        ]
        let algorithm = call.members.text("SigningAlgorithm")
        let header: Value = [
            "kid": .string(algorithm == "RS256" ? "RSA_0" : "EC384_0"), "typ": "JWT", "alg": .string(algorithm),
        ]
        let token = state[account].sign(header, claims, algorithm)
        guard token.utf8.count <= longestToken else { throw call.error("JWTPayloadSizeExceededException") }
        let known = state[account].tokenKeys
        call.issuers?.know(issuer, keys: known)
        return .output(["WebIdentityToken": .string(token), "Expiration": .timestamp(end)])
    }

    static var getDelegatedAccessToken: Handler? {
        { (state, call) throws(WireError) in
            // A partner trades in what SendDelegationToken sent it.
            let token = call.members.text("TradeInToken")
            guard let id = AuthorizationMessage.decode(token),
                let found = state.accounts.values.first(where: { $0.delegations[id] != nil }),
                let request = found.delegations[id], request.status == .finalized
            else { throw call.error("ExpiredTradeInTokenException") }
            let span = Duration.seconds(request.asked["SessionDuration"]?.integer ?? 3600)
            guard call.now - request.updated < span else { throw call.error("ExpiredTradeInTokenException") }
            let name = "delegation-\(id)"
            let principal = state[found.id].principal(role: "AWSDelegatedAccess", session: name)
            let key = state[found.id].open(principal, lasting: span, now: call.now) { _ in }
            return .output([
                "Credentials": key.credentials, "AssumedPrincipal": .string(principal.arn), "PackedPolicySize": 0,
            ])
        }
    }
}

extension IAMAccount {
    /// The keys of its web identity tokens: made when the first is asked for, the same under the same seed.
    fileprivate mutating func sign(_ header: Value, _ claims: Value, _ algorithm: String) -> String {
        if algorithm == "RS256" {
            let key = rsaKey ?? makeRSAKey()
            rsaKey = key
            return JSONWebToken.text(header: header, claims: claims) { key.signature(of: $0) }
        }
        let key = curveKey ?? makeCurveKey()
        curveKey = key
        return JSONWebToken.text(header: header, claims: claims) { key.signature(of: $0) }
    }

    private func makeRSAKey() -> RSAKey {
        var source = identifiers.part("RSA key")
        return RSAKey { source.bits() }
    }

    private func makeCurveKey() -> CurveKey {
        var source = identifiers.part("curve key")
        return CurveKey { source.bits() }
    }

    /// The keys as a provider publishes them (RFC 7517).
    fileprivate var tokenKeys: [Fields] {
        var keys: [Fields] = []
        if let rsaKey {
            keys.append([
                "kty": "RSA", "kid": "RSA_0", "alg": "RS256", "use": "sig",
                "n": .string(Base64.urlText(rsaKey.modulus)), "e": .string(Base64.urlText(RSAKey.exponent)),
            ])
        }
        if let point = curveKey?.point {
            keys.append([
                "kty": "EC", "kid": "EC384_0", "alg": "ES384", "use": "sig", "crv": "P-384",
                "x": .string(Base64.urlText(point.x)), "y": .string(Base64.urlText(point.y)),
            ])
        }
        return keys
    }
}
