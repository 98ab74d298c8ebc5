// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// The forms of signing in, and the way to other identity providers.
extension HostedSignIn {
    static func form(
        _ request: AuthorizationRequest, _ hosted: HostedCall, _ pool: UserPool, _ message: String? = nil
    ) -> HostedPage {
        var page = HostedPage(title: "Sign in", message: message, action: hosted.link("login", request.query))
        let name = hosted.text("username") ?? hosted.text("login_hint") ?? ""
        page.fields = [
            .init(name: "username", label: "Username", value: name),
            .init(name: "password", label: "Password", kind: "password"),
        ]
        page.links = [(hosted.link("forgotPassword", request.query), "Forgot your password?")]
        if pool.settings["AdminCreateUserConfig"]?.fields?["AllowAdminCreateUserOnly"]?.bool != true {
            page.links.append((hosted.link("signup", request.query), "Sign up"))
        }
        let known = request.client.settings.texts("SupportedIdentityProviders")
        for provider in pool.identityProviders.keys where known.contains(provider) {
            let query = "identity_provider=\(PercentCoding.encode(provider))&\(request.query)"
            page.links.append((hosted.link("oauth2/authorize", query), provider))
        }
        return page
    }

    /// The form of a challenge.
    static func ask(
        _ challenge: String, _ session: String, _ request: AuthorizationRequest, _ hosted: HostedCall,
        _ message: String?
    ) -> HostedPage {
        let isPassword = challenge == "NEW_PASSWORD_REQUIRED"
        var page = HostedPage(
            title: isPassword ? "Change password" : "Verify", message: message ?? (isPassword ? nil : challenge),
            action: hosted.link("login", request.query))
        page.fields = [
            .init(name: "username", label: "", kind: "hidden", value: hosted.text("username") ?? ""),
            .init(name: "challenge", label: "", kind: "hidden", value: challenge),
            .init(name: "session", label: "", kind: "hidden", value: session),
            isPassword
                ? .init(name: "new_password", label: "New password", kind: "password")
                : .init(name: "answer", label: "Code"),
        ]
        return page
    }

    /// The settings of a provider that say where its own sign-in is, and the address of those that have a fixed one.
    private static let fixedAddresses = [
        "Google": "https://accounts.google.com/o/oauth2/v2/auth", "Facebook": "https://www.facebook.com/dialog/oauth",
        "LoginWithAmazon": "https://www.amazon.com/ap/oa",
        "SignInWithApple": "https://appleid.apple.com/auth/authorize",
    ]

    /// Sends the browser to a provider. What comes back from there would be a code that only a call to the provider
    /// could exchange, which this server does not make.
    static func toProvider(
        _ name: String, _ request: AuthorizationRequest, _ hosted: HostedCall, _ pool: UserPool
    ) -> Outcome {
        let found =
            pool.identityProviders[name]
            ?? pool.identityProviders.values.first { $0["IdpIdentifiers"]?.list?.contains(.string(name)) ?? false }
        guard let found, let provider = found["ProviderName"]?.string,
            request.client.settings.texts("SupportedIdentityProviders").contains(provider)
        else { return hosted.show(.told(request, "invalid_request", "Unsupported identity provider")) }
        let details = found["ProviderDetails"]?.fields ?? [:]
        let issuer = details["oidc_issuer"]?.string.map { "\($0)/authorize" }
        let address =
            details["authorize_url"]?.string ?? details["SSORedirectBindingURI"]?.string
            ?? fixedAddresses[found["ProviderType"]?.string ?? ""] ?? issuer
        guard let address else {
            return hosted.show(.told(request, "invalid_request", "\(provider) does not say where its sign-in is"))
        }
        let parameters = [
            ("client_id", details["client_id"]?.string ?? ""),
            ("redirect_uri", "\(hosted.address.base)/oauth2/idpresponse"),
            ("scope", details["authorize_scopes"]?.string ?? "openid"), ("response_type", "code"),
            ("state", Base64.urlText(Array(request.query.utf8))),
        ]
        let query = parameters.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return HostedPage.redirect(to: address + (address.contains("?") ? "&" : "?") + query)
    }

    /// `/oauth2/idpresponse`: what a provider sends the browser back with.
    static func providerResponse(_ hosted: HostedCall, _ pool: inout UserPool) -> Outcome {
        if let error = hosted.text("error") { return hosted.showError(hosted.text("error_description") ?? error) }
        return hosted.showError("Awry makes no calls to identity providers, so their codes cannot be exchanged")
    }
}
