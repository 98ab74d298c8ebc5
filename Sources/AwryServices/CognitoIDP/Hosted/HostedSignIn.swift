// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Sign-in at a pool's pages: the authorize endpoint, the sign-in page with its challenges, and signing out.
enum HostedSignIn {
    /// `/oauth2/authorize`: back to the client for a browser that has signed in, else on to the sign-in page.
    static func authorize(_ hosted: HostedCall, _ pool: inout UserPool) throws(WireError) -> Outcome {
        try onRequest(hosted, &pool) { (request, pool) throws(WireError) in
            if let provider = hosted.text("identity_provider") ?? hosted.text("idp_identifier"), provider != "COGNITO" {
                return toProvider(provider, request, hosted, pool)
            }
            let prompts = (hosted.text("prompt") ?? "").split(separator: " ")
            let session = prompts.contains("login") ? nil : session(hosted, pool)
            guard let session else {
                if prompts.contains("none") {
                    return HostedPage.redirect(to: request.location([("error", "login_required")]))
                }
                return HostedPage.redirect(to: hosted.link("login", request.query))
            }
            return try finish(request, session, hosted, &pool)
        }
    }

    static func loginPage(_ hosted: HostedCall, _ pool: inout UserPool) throws(WireError) -> Outcome {
        try onRequest(hosted, &pool) { (request, pool) throws(WireError) in
            form(request, hosted, pool).output()
        }
    }

    /// The sign-in form, or that of a challenge, filled in.
    static func login(_ hosted: HostedCall, _ pool: inout UserPool) throws(WireError) -> Outcome {
        try onRequest(hosted, &pool) { (request, pool) throws(WireError) in
            let outcome: Outcome
            do throws(WireError) {
                outcome = try step(request, hosted, &pool)
            } catch {
                if let challenge = hosted.text("challenge"), let session = hosted.text("session"),
                    pool.sessions[session] != nil
                {
                    return ask(challenge, session, request, hosted, error.message).output()
                }
                return form(request, hosted, pool, error.message ?? error.code).output()
            }
            guard case .output(let output) = outcome else { return outcome }
            if let challenge = output["ChallengeName"]?.string {
                return ask(challenge, output["Session"]?.string ?? "", request, hosted, nil).output()
            }
            guard let key = output["User"]?.string else { return form(request, hosted, pool).output() }
            let id = Base64.urlText(pool.identifiers.bytes(32))
            let session = HostedSession(user: key, at: hosted.call.now)
            if pool.hostedSessions.count > 10_000 {
                pool.hostedSessions = pool.hostedSessions.filter { $0.value.at + HostedSession.span > hosted.call.now }
            }
            pool.hostedSessions[id] = session
            return try finish(request, session, hosted, &pool, cookie: hosted.cookie(id))
        }
    }

    /// One step of the flow that clients take by the API, without its tokens.
    private static func step(
        _ request: AuthorizationRequest, _ hosted: HostedCall, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        let name = hosted.text("username") ?? ""
        var parameters: Fields = ["USERNAME": .string(name)]
        if !request.client.secrets.isEmpty { parameters["SECRET_HASH"] = .string(request.client.secretHash(of: name)) }
        guard let challenge = hosted.text("challenge") else {
            parameters["PASSWORD"] = .string(hosted.text("password") ?? "")
            let input: Fields = [
                "ClientId": .string(request.client.id), "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": .structure(parameters),
            ]
            return try SignInFlow(hosted.inner("InitiateAuth", input), request.client, isHosted: true).begin(&pool)
        }
        let answer = hosted.text("answer") ?? hosted.text("new_password") ?? ""
        parameters[challenge == "NEW_PASSWORD_REQUIRED" ? "NEW_PASSWORD" : "\(challenge)_CODE"] = .string(answer)
        parameters["ANSWER"] = .string(answer)
        let input: Fields = [
            "ClientId": .string(request.client.id), "ChallengeName": .string(challenge),
            "Session": .string(hosted.text("session") ?? ""), "ChallengeResponses": .structure(parameters),
        ]
        return try SignInFlow(hosted.inner("RespondToAuthChallenge", input), request.client, isHosted: true)
            .goOn(&pool)
    }

    /// Sends the browser back to the client, with a code or with tokens.
    private static func finish(
        _ request: AuthorizationRequest, _ session: HostedSession, _ hosted: HostedCall, _ pool: inout UserPool,
        cookie: String? = nil
    ) throws(WireError) -> Outcome {
        let code = AuthorizationCode(
            user: session.user, client: request.client.id, redirect: request.redirect, scopes: request.scopes,
            nonce: request.nonce, challenge: request.challenge, signedInAt: session.at,
            until: hosted.call.now + AuthorizationCode.span)
        guard request.isImplicit else {
            let id = pool.identifiers.uuid()
            pool.authorizationCodes[id] = code
            return HostedPage.redirect(to: request.location([("code", id)]), cookie: cookie)
        }
        let flow = SignInFlow(hosted.inner("InitiateAuth", ["ClientId": .string(request.client.id)]), request.client)
        let tokens = try flow.exchange(code, &pool, isImplicit: true)
        let order = ["id_token", "access_token", "expires_in", "token_type"]
        let parameters = order.compactMap { name in
            tokens[name].map { (name, $0.string ?? String($0.integer ?? 0)) }
        }
        return HostedPage.redirect(to: request.location(parameters, inFragment: true), cookie: cookie)
    }

    /// `/logout`: to an address of the client's, or to the sign-in page.
    static func logout(_ hosted: HostedCall, _ pool: inout UserPool) -> Outcome {
        guard let id = hosted.text("client_id") else {
            return hosted.showError("Required String parameter 'client_id' is not present")
        }
        guard let client = pool.clients[id] else { return hosted.showError("Client \(id) does not exist.") }
        if let session = HostedSession.id(in: hosted.text("Cookie") ?? "") { pool.hostedSessions[session] = nil }
        if let address = hosted.text("logout_uri") {
            guard client.settings.texts("LogoutURLs").contains(address) else {
                return hosted.showError("redirect_mismatch")
            }
            return HostedPage.redirect(to: address, cookie: hosted.cookie(nil))
        }
        do throws(AuthorizationRequest.Refusal) {
            let request = try AuthorizationRequest(hosted, in: pool)
            return HostedPage.redirect(to: hosted.link("login", request.query), cookie: hosted.cookie(nil))
        } catch {
            return hosted.show(error)
        }
    }

    /// What the browser's cookie stands for, if it still does.
    private static func session(_ hosted: HostedCall, _ pool: UserPool) -> HostedSession? {
        guard let id = HostedSession.id(in: hosted.text("Cookie") ?? ""), let session = pool.hostedSessions[id],
            session.at + HostedSession.span > hosted.call.now, pool.users[session.user]?.isEnabled == true
        else { return nil }
        return session
    }

    /// Works on a request that makes sense; any other is refused, before the client where that may be.
    static func onRequest(
        _ hosted: HostedCall, _ pool: inout UserPool,
        _ work: (AuthorizationRequest, inout UserPool) throws(WireError) -> Outcome
    ) throws(WireError) -> Outcome {
        let request: AuthorizationRequest
        do throws(AuthorizationRequest.Refusal) {
            request = try AuthorizationRequest(hosted, in: pool)
        } catch {
            return hosted.show(error)
        }
        return try work(request, &pool)
    }
}

extension HostedCall {
    /// A request that is refused: to the client, or on a page.
    func show(_ refusal: AuthorizationRequest.Refusal) -> Outcome {
        switch refusal {
        case .shown(let message): return showError(message)
        case .told(let request, let error, let description):
            let parameters = [("error", error)] + (description.map { [("error_description", $0)] } ?? [])
            return HostedPage.redirect(to: request.location(parameters, inFragment: request.isImplicit))
        }
    }
}
