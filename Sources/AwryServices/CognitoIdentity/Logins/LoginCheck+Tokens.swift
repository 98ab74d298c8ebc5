// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Logins whose proof is a JSON Web Token.
extension LoginCheck {
    /// A token's text, read, in time and of this issuer; who signed it is another matter.
    func read(_ text: String, from issuers: [String]) throws(WireError) -> JSONWebToken {
        guard let token = JSONWebToken(text) else {
            throw call.badLogin("Not a valid OpenId Connect identity token.")
        }
        for claim in ["iss", "sub", "aud", "exp"] where token.claims[claim] == nil {
            throw call.badLogin("Missing a required claim: \(claim)")
        }
        guard issuers.contains(TokenIssuers.bare(token.text("iss"))) else {
            throw call.badLogin("Issuer doesn't match providerName")
        }
        try checkTime(token)
        return token
    }

    func checkTime(_ token: JSONWebToken) throws(WireError) {
        guard let end = token.claims["exp"]?.integer, call.now.seconds < end else {
            throw call.badLogin("Token expired: \(call.now.seconds) >= \(token.claims["exp"]?.integer ?? 0)")
        }
    }

    func checkSignature(_ token: JSONWebToken, by keys: [Fields]) throws(WireError) {
        guard token.isSigned(by: keys) else { throw call.badLogin("Couldn't verify signed token.") }
    }

    /// The keys of an issuer outside; AWS would fetch them, and says so where it cannot.
    private func keys(of issuer: String) throws(WireError) -> [Fields] {
        if let keys = call.issuers?.keys(of: issuer) { return keys }
        let text = "The keys of \(issuer) are not known: the identity provider does not answer."
        throw call.hasError("ExternalServiceException")
            ? call.error("ExternalServiceException", text) : call.badLogin("Couldn't verify signed token. \(text)")
    }

    /// A user of a user pool, whose ID token names one of the clients that the pool takes.
    func proveUser(_ provider: String, _ clients: [Fields], _ text: String) throws(WireError) -> ProvenLogin {
        let id = provider.split(separator: "/").last.map(String.init) ?? provider
        let found = call.others.readUserPools { $0.pools[id] }
        // By whichever way a client reached the user pool, its id ends the issuer's name.
        let name = JSONWebToken(text).map { TokenIssuers.bare($0.text("iss")) }
        let token = try read(text, from: name.map { $0.hasSuffix("/\(id)") ? [$0] : [] } ?? [])
        let client = clients.first { token.audiences.contains($0["ClientId"]?.string ?? "") }
        guard let client, let clientID = client["ClientId"]?.string else { throw call.unsupportedProvider() }
        guard let users = found ?? nil, users.keys.hasSigned(token) else {
            throw call.badLogin("Couldn't verify signed token.")
        }
        if client["ServerSideTokenCheck"]?.bool ?? false, !users.stands(behind: token) {
            throw call.badLogin("Token has been revoked")
        }
        return ProvenLogin(
            LinkedLogin(provider: provider, user: token.text("sub")), client: "CognitoSignIn", claims: token.claims,
            settingNames: ["\(provider):\(clientID)"])
    }

    /// A person whom an OIDC provider of the account vouches for.
    func proveForeign(_ arn: String, _ text: String) throws(WireError) -> ProvenLogin {
        let account = pool.place.account
        let known = call.others.readIdentity { $0.accounts[account]?.oidcProviders[arn]?.clientIDs }
        guard let clients = known ?? nil else { throw call.unsupportedProvider() }
        let issuer = IdentityPool.issuer(inARN: arn)
        let token = try read(text, from: [issuer])
        guard let client = token.audiences.first(where: { clients.contains($0) }) else {
            throw call.badLogin("Incorrect token audience.")
        }
        try checkSignature(token, by: try keys(of: issuer))
        return ProvenLogin(
            LinkedLogin(provider: issuer, user: token.text("sub")), client: client, claims: token.claims,
            settingNames: [arn])
    }

    /// A person whom a social provider vouches for.
    func prove(_ social: SocialProvider, _ app: String, _ text: String) throws(WireError) -> ProvenLogin {
        guard social.signsTokens || JSONWebToken(text) != nil && !social.issuers.isEmpty else {
            // What only the provider itself could read: the same text is the same person.
            let user = Hex.text(Digests.sha256(text.utf8).prefix(8))
            return ProvenLogin(LinkedLogin(provider: social.rawValue, user: user), client: app)
        }
        let token = try read(text, from: social.issuers)
        guard token.audiences.contains(app) else { throw call.badLogin("Incorrect token audience.") }
        try checkSignature(token, by: try keys(of: token.text("iss")))
        return ProvenLogin(
            LinkedLogin(provider: social.rawValue, user: token.text("sub")), client: app, claims: token.claims)
    }
}

/// The social providers that identity pools know ("Identity pools third-party identity providers" of the Cognito
/// Developer Guide).
enum SocialProvider: String, CaseIterable, Sendable {
    case amazon = "www.amazon.com"
    case apple = "appleid.apple.com"
    case digits = "www.digits.com"
    case facebook = "graph.facebook.com"
    case google = "accounts.google.com"
    case twitter = "api.twitter.com"

    init?(_ name: String) { self.init(rawValue: name) }

    /// Whether a login there is always a token that anybody can check; others' can only be shown to the provider.
    var signsTokens: Bool { self == .apple || self == .google }

    /// Who signs them. Facebook's limited login signs too.
    var issuers: [String] {
        switch self {
        case .apple, .google: [rawValue]
        case .facebook: ["www.facebook.com", "limited.facebook.com"]
        case .amazon, .digits, .twitter: []
        }
    }
}

extension UserPool {
    /// Whether the person of a token is still there, and still signed in where the token tells which sign-in it is of.
    fileprivate func stands(behind token: JSONWebToken) -> Bool {
        guard let user = users[fold(token.text("cognito:username"))], user.sub == token.text("sub"), user.isEnabled
        else { return false }
        let origin = token.text("origin_jti")
        return origin.isEmpty || user.signIns[origin] != nil
    }
}
