// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A login that a call brought and that has been found good.
struct ProvenLogin: Sendable {
    /// What identities are found by.
    let linked: LinkedLogin
    /// What the provider says of the person.
    var claims: Fields = [:]
    /// What `amr` says of it: the provider, and the provider with whom it knows.
    let methods: [String]
    /// The names under which a pool may have settings for the provider.
    let settingNames: [String]

    init(_ linked: LinkedLogin, client: String, claims: Fields = [:], settingNames: [String] = []) {
        self.linked = linked
        self.claims = claims
        methods = [linked.provider, "\(linked.provider):\(client):\(linked.user)"]
        self.settingNames = settingNames + [linked.provider]
    }
}

/// Finds out whether the logins of a call are good.
struct LoginCheck {
    /// The name under which a pool's own tokens come back, for developers' users.
    static let ownProvider = "cognito-identity.amazonaws.com"

    let call: FakeCall
    let pool: IdentityPool

    /// The logins of a call, each proven. A pool's own tokens are none: operations that take them take them out first.
    func proven(_ logins: Fields) throws(WireError) -> [ProvenLogin] {
        var found: [ProvenLogin] = []
        for (provider, value) in logins { found.append(try prove(provider, value.string ?? "")) }
        return found
    }

    private func prove(_ provider: String, _ token: String) throws(WireError) -> ProvenLogin {
        if provider == Self.ownProvider { throw call.badLogin("Can't pass in a Cognito token.") }
        if let social = SocialProvider(provider) {
            guard let app = pool.socialProviders[provider]?.string else { throw call.unsupportedProvider() }
            return try prove(social, app, token)
        }
        let clients = pool.userPoolClients.filter { $0["ProviderName"]?.string == provider }
        if !clients.isEmpty { return try proveUser(provider, clients, token) }
        if pool.settings.texts("SamlProviderARNs").contains(provider) { return try proveAssertion(provider, token) }
        let known = pool.settings.texts("OpenIdConnectProviderARNs").first {
            $0 == provider || IdentityPool.issuer(inARN: $0) == TokenIssuers.bare(provider)
        }
        guard let known else { throw call.unsupportedProvider() }
        return try proveForeign(known, token)
    }
}
