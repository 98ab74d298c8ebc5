// SPDX-License-Identifier: Apache-2.0

/// The pages and endpoints of a user pool's domain ("User pool endpoints and managed login reference" of Cognito's
/// guide; OAuth 2.0, RFC 6749), as operations of `cognito-pages`.
enum HostedPages {
    /// What is never shown in logs.
    private static let secrets: Set<String> = [
        "access_token", "answer", "assertion", "client_assertion", "client_secret", "code", "code_verifier", "id_token",
        "new_password", "password", "refresh_token", "session", "token",
    ]
    private static let authorization = [
        "client_id", "code_challenge", "code_challenge_method", "identity_provider", "idp_identifier", "lang",
        "login_hint", "nonce", "prompt", "redirect_uri", "resource", "response_type", "scope", "state",
    ]
    private static let challenge = ["answer", "challenge", "new_password", "password", "session", "username"]
    private static let tokens = [
        "assertion", "client_assertion", "client_assertion_type", "client_id", "client_secret", "code",
        "code_verifier", "grant_type", "redirect_uri", "refresh_token", "resource", "scope", "token",
        "token_type_hint",
    ]

    /// Statuses of the errors that RFC 6749 (5.2), RFC 6750 (3.1) and RFC 7009 (2.2.1) name.
    private static let refusals = [
        ("invalid_request", 400), ("invalid_client", 400), ("invalid_grant", 400), ("unauthorized_client", 400),
        ("unsupported_grant_type", 400), ("invalid_scope", 400), ("unsupported_token_type", 400),
        ("invalid_token", 401), ("server_error", 500), ("temporarily_unavailable", 503),
    ]

    /// Adds them to a model.
    static func add(to model: inout ModelWriter) {
        let text = model.shape("Parameter", .string)
        let secret = model.shape("SecretParameter", .string, traits: ShapeTraits(flags: .sensitive))
        let number = model.shape("Number", .integer)
        let claims = model.shape("Claims", .structure([]), traits: ShapeTraits(flags: .document))
        let errors = model.errors(refusals) + model.errors([("ResourceNotFoundException", 404)])
        let page = model.structure(
            "Page",
            [
                Member(name: "Status", shape: number, location: .statusCode),
                Member(name: "Location", shape: text, location: .header, locationName: "Location"),
                Member(name: "SetCookie", shape: text, location: .header, locationName: "Set-Cookie"),
                Member(name: "Body", shape: text),
            ], payload: "Body")
        let issued = model.structure(
            "Tokens",
            ["id_token", "access_token", "refresh_token"].map { Member(name: $0, shape: secret) } + [
                Member(name: "expires_in", shape: number), Member(name: "token_type", shape: text),
            ])
        let person = model.structure("UserInfoOutput", [Member(name: "Claims", shape: claims)], payload: "Claims")
        let nothing = model.structure("Nothing", [])

        func input(_ operation: String, _ parameters: [String]) -> ShapeID {
            let shared = [
                Member(name: "Domain", shape: text, location: .uri, flags: .required),
                Member(name: "Cookie", shape: secret, location: .header, locationName: "Cookie"),
                Member(name: "Authorization", shape: secret, location: .header, locationName: "Authorization"),
            ]
            let named = parameters.map {
                Member(name: $0, shape: secrets.contains($0) ? secret : text, location: .querystring)
            }
            return model.structure("\(operation)Input", shared + named)
        }
        func add(_ name: String, _ method: String, _ path: String, _ parameters: [String], _ output: ShapeID) {
            model.operation(
                name, method, "/_cognito/{Domain}/\(path)", input: input(name, parameters), output: output,
                errors: errors)
        }
        let account = authorization + ["code", "email", "password", "phone_number", "username"]
        add("Authorize", "GET", "oauth2/authorize", authorization, page)
        add("LoginPage", "GET", "login", authorization, page)
        add("Login", "POST", "login", authorization + challenge, page)
        add("SignUpPage", "GET", "signup", authorization, page)
        add("SubmitSignUp", "POST", "signup", account, page)
        add("SubmitConfirmUser", "POST", "confirmUser", account, page)
        add("ForgotPasswordPage", "GET", "forgotPassword", authorization, page)
        add("SubmitForgotPassword", "POST", "forgotPassword", account, page)
        add("SubmitConfirmForgotPassword", "POST", "confirmForgotPassword", account, page)
        add("Logout", "GET", "logout", authorization + ["logout_uri"], page)
        add("ErrorPage", "GET", "error", ["client_id", "error", "error_description"], page)
        add("IdpResponse", "GET", "oauth2/idpresponse", ["code", "error", "error_description", "state"], page)
        add("Token", "POST", "oauth2/token", tokens, issued)
        add("Revoke", "POST", "oauth2/revoke", tokens, nothing)
        add("UserInfo", "GET", "oauth2/userInfo", [], person)
        add("PostUserInfo", "POST", "oauth2/userInfo", [], person)
    }
}
