// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Logins whose proof is an assertion.
extension LoginCheck {
    /// A person whom a SAML provider of the account vouches for.
    func proveAssertion(_ arn: String, _ text: String) throws(WireError) -> ProvenLogin {
        guard let assertion = SAMLAssertion(text) else { throw call.badLogin("Not a valid SAML response.") }
        let account = pool.place.account
        let known = call.others.readIdentity { $0.accounts[account]?.samlProviders[arn] }
        guard let provider = known ?? nil else { throw call.unsupportedProvider() }
        switch assertion.flaw(by: provider, at: call.now) {
        case .issuer: throw call.badLogin("Issuer doesn't match providerName")
        case .signature: throw call.badLogin("Couldn't verify signed token.")
        case .expired(let end): throw call.badLogin("Token expired: \(call.now.seconds) >= \(end.seconds)")
        case .early: throw call.badLogin("The assertion is not valid yet.")
        case nil: break
        }
        var claims = Fields(
            assertion.attributes.sorted { $0.key < $1.key }.map { ($0.key, .list($0.value.map { .string($0) })) })
        // What the claims of a user pool would say: each value is a role and a provider, in either order.
        let roles = assertion["Role"].compactMap { pair in
            pair.split(separator: ",").map { String($0.filter { $0 != " " }) }.first { $0.contains(":role/") }
        }
        if !roles.isEmpty { claims["cognito:roles"] = .list(roles.map { .string($0) }) }
        return ProvenLogin(
            LinkedLogin(provider: arn, user: assertion.subject), client: assertion.audience, claims: claims)
    }
}
