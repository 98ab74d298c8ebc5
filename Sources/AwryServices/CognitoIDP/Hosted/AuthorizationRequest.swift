// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a client asks for by sending a browser to a pool's pages (RFC 6749, 4.1.1 and 4.2.1; "The redirect and
/// authorization endpoint" of Cognito's guide).
struct AuthorizationRequest {
    /// The parameters that go from page to page.
    private static let carried = [
        "client_id", "response_type", "scope", "redirect_uri", "state", "nonce", "code_challenge",
        "code_challenge_method", "identity_provider", "idp_identifier", "login_hint", "lang", "prompt", "resource",
    ]

    let client: UserPoolClient
    let redirect: String
    let state: String?
    let nonce: String?
    let scopes: String
    let isImplicit: Bool
    let challenge: String?
    /// The same request as a query.
    let query: String

    /// Why a request is none.
    enum Refusal: Error {
        /// The browser is not sent to an address that may be anybody's: a page says what is wrong.
        case shown(String)
        /// The client is told.
        case told(AuthorizationRequest, String, String? = nil)
    }

    init(_ hosted: HostedCall, in pool: UserPool) throws(Refusal) {
        guard let id = hosted.text("client_id") else {
            throw .shown("Required String parameter 'client_id' is not present")
        }
        guard let client = pool.clients[id] else { throw .shown("Client \(id) does not exist.") }
        guard let redirect = hosted.text("redirect_uri") ?? client.settings["DefaultRedirectURI"]?.string else {
            throw .shown("Required String parameter 'redirect_uri' is not present")
        }
        guard client.settings.texts("CallbackURLs").contains(redirect) else { throw .shown("redirect_mismatch") }
        self.client = client
        self.redirect = redirect
        state = hosted.text("state")
        nonce = hosted.text("nonce")
        challenge = hosted.text("code_challenge")
        let asked = (hosted.text("scope") ?? "").split(separator: " ").map(String.init)
        let allowed = client.settings.texts("AllowedOAuthScopes")
        scopes = (asked.isEmpty ? allowed : asked).joined(separator: " ")
        let kind = hosted.text("response_type") ?? ""
        isImplicit = kind == "token"
        query = Self.carried.compactMap { name in
            hosted.text(name).map { "\(name)=\(PercentCoding.encode($0))" }
        }.joined(separator: "&")
        try check(kind, asked.first { !allowed.contains($0) }, hosted.text("code_challenge_method"))
    }

    private func check(_ kind: String, _ strange: String?, _ method: String?) throws(Refusal) {
        if kind.isEmpty { throw .told(self, "invalid_request") }
        guard kind == "code" || isImplicit else { throw .told(self, "unsupported_response_type") }
        let flow = isImplicit ? "implicit" : "code"
        guard client.has("AllowedOAuthFlowsUserPoolClient"), client.settings.texts("AllowedOAuthFlows").contains(flow)
        else {
            throw .told(self, "unauthorized_client")
        }
        if strange != nil || scopes.isEmpty { throw .told(self, "invalid_scope") }
        switch (challenge, method) {
        case (nil, nil): break
        case (_?, "S256"): break
        case (_?, nil): throw .told(self, "invalid_request", "code_challenge_method is required")
        case (nil, _?): throw .told(self, "invalid_request", "code_challenge is required")
        case (_?, _?): throw .told(self, "invalid_request", "Transform algorithm is not supported")
        }
    }

    /// Where the browser goes with these parameters and the client's state: behind `?`, or behind `#` where they hold
    /// tokens.
    func location(_ parameters: [(String, String)], inFragment: Bool = false) -> String {
        let all = parameters + (state.map { [("state", $0)] } ?? [])
        let text = all.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return redirect + (inFragment ? "#" : redirect.contains("?") ? "&" : "?") + text
    }
}
