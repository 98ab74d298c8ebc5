// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension CognitoIDP {
    static var initiateAuth: Handler? { { (state, call) throws(WireError) in try state.initiate(call) } }
    static var adminInitiateAuth: Handler? { { (state, call) throws(WireError) in try state.initiate(call) } }
    static var respondToAuthChallenge: Handler? { { (state, call) throws(WireError) in try state.respond(call) } }
    static var adminRespondToAuthChallenge: Handler? { { (state, call) throws(WireError) in try state.respond(call) } }

    /// Works for a client; the administrator's operations name its pool too.
    private mutating func onSignInClient(
        _ call: FakeCall, _ work: (inout UserPool, UserPoolClient) throws(WireError) -> Outcome
    ) throws(WireError) -> Outcome {
        if call.operation.name.hasPrefix("Admin") {
            let id = call.members.text("UserPoolId")
            guard let pool = pools[id], pool.place == call.place else { throw call.noPool(id) }
            guard pool.clients[call.members.text("ClientId")] != nil else {
                throw call.noClient(call.members.text("ClientId"))
            }
        }
        return try onClient(call, nil, work)
    }

    private mutating func initiate(_ call: FakeCall) throws(WireError) -> Outcome {
        try onSignInClient(call) { (pool, client) throws(WireError) in
            try SignInFlow(call, client).begin(&pool)
        }
    }

    private mutating func respond(_ call: FakeCall) throws(WireError) -> Outcome {
        try onSignInClient(call) { (pool, client) throws(WireError) in
            try SignInFlow(call, client).goOn(&pool)
        }
    }
}

/// One step of a sign-in.
struct SignInFlow {
    let call: FakeCall
    let client: UserPoolClient
    let isAdministrators: Bool
    /// Whether it is done at the pool's pages, which give out no tokens themselves.
    let isHosted: Bool
    /// What the client sends: `AuthParameters`, or the responses to a challenge.
    let parameters: Fields

    init(_ call: FakeCall, _ client: UserPoolClient, isHosted: Bool = false) {
        self.isHosted = isHosted
        self.call = call
        self.client = client
        isAdministrators = call.operation.name.hasPrefix("Admin")
        let member = call.operation.name.hasSuffix("InitiateAuth") ? "AuthParameters" : "ChallengeResponses"
        parameters = call.input[member]?.fields ?? [:]
    }

    /// The flows that each of the two operations knows, by the setting that allows them.
    private func setting(of flow: String) throws(WireError) -> String {
        switch (flow, isAdministrators) {
        case ("USER_SRP_AUTH", _), ("CUSTOM_AUTH", _), ("USER_AUTH", _): return flow
        case ("REFRESH_TOKEN", _), ("REFRESH_TOKEN_AUTH", _): return "REFRESH_TOKEN_AUTH"
        case ("USER_PASSWORD_AUTH", false): return flow
        case ("ADMIN_NO_SRP_AUTH", true), ("ADMIN_USER_PASSWORD_AUTH", true): return "ADMIN_USER_PASSWORD_AUTH"
        default: throw call.wrong("Initiate Auth method not supported.")
        }
    }

    func begin(_ pool: inout UserPool) throws(WireError) -> Outcome {
        let flow = call.members.text("AuthFlow")
        let setting = try setting(of: flow)
        if setting == "REFRESH_TOKEN_AUTH", client.rotationGrace != nil {
            throw call.error(
                "UnsupportedOperationException",
                "REFRESH_TOKEN_AUTH is not supported when refresh token rotation is enabled")
        }
        guard isHosted || client.allows(setting) else {
            let message =
                isAdministrators ? "Auth flow not enabled for this client" : "\(flow) flow not enabled for this client"
            throw call.wrong(message)
        }
        if setting == "REFRESH_TOKEN_AUTH" { return try refresh(&pool) }
        let name = try parameter("USERNAME")
        try client.checkSecretHash(parameters, user: name, call)
        guard let key = pool.resolve(name) else { return try beginWithNobody(name, setting, &pool) }
        return try pool.onUser(key, call) { (pool, user) throws(WireError) in
            try mayBegin(&user)
            try ask(before: user, pool)
            switch setting {
            case "USER_SRP_AUTH": return try beginSRP(user, &pool)
            case "CUSTOM_AUTH": return try beginCustom(&user, &pool)
            case "USER_AUTH": return try beginChoice(&user, &pool)
            default:
                try checkPassword(try parameter("PASSWORD"), of: &user, &pool)
                return try afterPassword(&user, &pool)
            }
        }
    }

    func parameter(_ name: String) throws(WireError) -> String {
        guard let text = parameters[name]?.string, !text.isEmpty else { throw call.missingParameter(name) }
        return text
    }

    /// Whether the user may sign in at all.
    private func mayBegin(_ user: inout PoolUser) throws(WireError) {
        guard user.isEnabled else { throw call.refused("User is disabled.") }
        if user.status == .externalProvider { throw call.refused("Incorrect username or password.") }
    }

    private func ask(before user: PoolUser?, _ pool: UserPool) throws(WireError) {
        _ = try pool.trigger(
            "PreAuthentication", as: "PreAuthentication_Authentication", user, client, call,
            request: ["userNotFound": .bool(user == nil), "validationData": call.clientMetadata])
    }

    /// A sign-in of somebody who is not in the pool, which goes on as any other where the client hides that.
    private func beginWithNobody(
        _ name: String, _ setting: String, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        if let migrated = try migrate(name, &pool) { return migrated }
        guard client.hidesUsers else { throw call.noUser() }
        try ask(before: nil, pool)
        guard setting == "USER_SRP_AUTH" else { throw call.refused("Incorrect username or password.") }
        return try challengeSRP(key: "", name: name, salt: Array(name.utf8.prefix(16)), verifier: [2], &pool)
    }

    /// Lets the trigger for users that are elsewhere bring one over; nil where there is none or it knows none.
    private func migrate(_ name: String, _ pool: inout UserPool) throws(WireError) -> Outcome? {
        guard let password = parameters["PASSWORD"]?.string,
            let user = try pool.migrated(name, password, "Authentication", client, call)
        else { return nil }
        pool.add(user)
        return try pool.onUser(user.key, call) { (pool, user) throws(WireError) in try afterPassword(&user, &pool) }
    }

    /// Refuses a wrong password, and any while the user is locked out.
    func checkPassword(_ password: String, of user: inout PoolUser, _ pool: inout UserPool) throws(WireError) {
        guard user.attempts.mayTryPassword(at: call.now) else { throw call.refused("Password attempts exceeded") }
        guard let stored = user.password, stored.isMade(of: password, of: user.username, in: pool) else {
            throw wrongPassword(&user, &pool)
        }
        user.attempts.passwordWasRight()
    }

    func wrongPassword(_ user: inout PoolUser, _ pool: inout UserPool) -> WireError {
        user.attempts.passwordWasWrong(at: call.now)
        user.record("SignIn", passed: false, call, &pool.identifiers)
        return call.refused("Incorrect username or password.")
    }

    /// A challenge: its session, and what the client needs to answer it.
    func challenge(
        _ name: String, _ parameters: Fields, for user: String, _ pool: inout UserPool,
        _ fill: (inout AuthSession) -> Void = { _ in }
    ) -> Outcome {
        var session = AuthSession(
            pool: pool.id, client: client.id, user: user, challenge: name, endsAt: call.now + client.sessionSpan)
        session.isAdministrators = isAdministrators
        fill(&session)
        if pool.sessions.count > 10_000 {
            // Nobody can tell an expired session from one that never was.
            pool.sessions = pool.sessions.filter { $0.value.endsAt > call.now }
        }
        let id = "AYAB" + Base64.urlText(pool.identifiers.bytes(96))
        pool.sessions[id] = session
        return .output([
            "ChallengeName": .string(name), "Session": .string(id), "ChallengeParameters": .structure(parameters),
        ])
    }
}
