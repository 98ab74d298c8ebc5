// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// A call of a page or an endpoint of a pool's domain, and what all of them do.
struct HostedCall {
    let call: FakeCall
    let address: PageAddress
    private let place: Place

    init(_ call: FakeCall, _ pool: UserPool) {
        self.call = call
        address = PageAddress(of: call.members.text("Domain"), in: pool, call)
        place = pool.place
    }

    /// A parameter, if the page has it: pages share what reads them.
    func text(_ name: String) -> String? { call.input[name]?.string }

    /// The call of the service's own operation that does the page's work, as a client would make it: tokens and
    /// refusals are made for it. Its operation is one of the model's, else this is the page's own call.
    func inner(_ name: String, _ input: Fields) -> FakeCall {
        guard let service = Catalogue.shared.service(CognitoIDP.name), let operation = service.operation(name) else {
            return call
        }
        var inner = FakeCall(
            service: service, operation: operation, input: input, place: place, now: call.now,
            endpoint: address.issuer)
        inner.outbox = call.outbox
        inner.issuers = call.issuers
        inner.invoke = call.invoke
        inner.settings = call.settings
        return inner
    }

    /// A link or a form's target: a page of the domain for the same request.
    func link(_ page: String, _ query: String) -> String { "\(address.base)/\(page)?\(query)" }

    /// The header that makes a browser keep a session, or forget it.
    func cookie(_ id: String?) -> String {
        let end = id == nil ? "; Max-Age=0" : "; Max-Age=\(HostedSession.span.seconds)"
        let secure = address.base.hasPrefix("https://") ? "; Secure" : ""
        return "\(HostedSession.cookie)=\(id ?? "")\(end); Path=\(address.cookiePath); HttpOnly; SameSite=Lax\(secure)"
    }

    /// The page for what cannot be told to a client.
    func showError(_ message: String) -> Outcome {
        var query = "error=\(PercentCoding.encode(message))"
        if let client = text("client_id") { query += "&client_id=\(PercentCoding.encode(client))" }
        return HostedPage.redirect(to: link("error", query))
    }
}

extension CognitoIDP {
    /// The operations of a pool's domain.
    static func hostedHandler(_ operation: String) -> Handler? {
        switch operation {
        case "Authorize": onDomain(HostedSignIn.authorize)
        case "LoginPage": onDomain(HostedSignIn.loginPage)
        case "Login": onDomain(HostedSignIn.login)
        case "Logout": onDomain(HostedSignIn.logout)
        case "ErrorPage":
            onDomain { (hosted, _) in
                HostedPage(title: "An error was encountered with the requested page.", message: hosted.text("error"))
                    .output(status: 400)
            }
        case "IdpResponse": onDomain(HostedSignIn.providerResponse)
        case "SignUpPage", "ForgotPasswordPage", "SubmitSignUp", "SubmitConfirmUser", "SubmitForgotPassword",
            "SubmitConfirmForgotPassword":
            hostedAccount
        case "Token": hostedToken
        case "Revoke": hostedRevoke
        case "UserInfo", "PostUserInfo": hostedUserInfo
        default: nil
        }
    }

    /// The pool of a domain.
    func poolID(ofDomainIn call: FakeCall) throws(WireError) -> String {
        let domain = call.members.text("Domain").lowercased()
        guard let id = poolOfDomain[domain], pools[id] != nil else {
            throw call.error("ResourceNotFoundException", "No user pool has the domain \(domain).")
        }
        return id
    }

    private static func onDomain(
        _ work: @escaping @Sendable (HostedCall, inout UserPool) throws(WireError) -> Outcome
    ) -> Handler {
        { (state, call) throws(WireError) in
            let id = try state.poolID(ofDomainIn: call)
            let result = try state.pools.change(id) { (pool) throws(WireError) in
                try work(HostedCall(call, pool), &pool)
            }
            guard let result else { throw call.noPool(id) }
            return result
        }
    }
}
