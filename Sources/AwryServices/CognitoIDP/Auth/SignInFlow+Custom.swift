// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Sign-in whose challenges the pool's own functions make ("Custom authentication challenge Lambda triggers").
extension SignInFlow {
    func beginCustom(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        // Who begins with a password says so, and it counts as a challenge that was met.
        let hasPassword = parameters["CHALLENGE_NAME"]?.string == "SRP_A"
        return try define(hasPassword ? [Self.met("SRP_A")] : [], &user, &pool)
    }

    /// A challenge that was met, as functions are told of it.
    static func met(_ challenge: String) -> Value {
        ["challengeName": .string(challenge), "challengeResult": true, "challengeMetadata": .null]
    }

    /// What a function that nobody scripts says comes next: challenges until one is met, three at most.
    private func unscripted(_ past: [Value]) -> Fields {
        let own = past.compactMap(\.fields).filter { $0["challengeName"] == "CUSTOM_CHALLENGE" }
        let isMet = own.last?["challengeResult"]?.bool ?? false
        let isOver = !isMet && own.count >= 3
        return [
            "challengeName": isMet || isOver ? .null : "CUSTOM_CHALLENGE", "issueTokens": .bool(isMet),
            "failAuthentication": .bool(isOver),
        ]
    }

    /// Asks what comes next: another challenge, tokens, or the end.
    func define(
        _ past: [Value], _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        guard pool.settings["LambdaConfig"]?.fields?["DefineAuthChallenge"] != nil else {
            throw call.error(
                "InvalidUserPoolConfigurationException",
                "Custom auth lambda trigger is not configured for the user pool.")
        }
        let event = try pool.trigger(
            "DefineAuthChallenge", as: "DefineAuthChallenge_Authentication", user, client, call,
            request: ["session": .list(past), "clientMetadata": call.clientMetadata, "userNotFound": false],
            response: ["challengeName": .null, "issueTokens": .null, "failAuthentication": .null],
            unscripted: unscripted(past))
        guard let response = event?["response"]?.fields else {
            throw call.badAnswer("Unrecognizable lambda output")
        }
        if response["failAuthentication"]?.bool == true { throw call.refused("Incorrect username or password.") }
        if response["issueTokens"]?.bool == true {
            if user.status == .unconfirmed { throw call.error("UserNotConfirmedException", "User is not confirmed.") }
            return try signIn(&user, &pool)
        }
        switch response["challengeName"]?.string {
        case "CUSTOM_CHALLENGE": return try create(past, user, &pool)
        case "SRP_A" where parameters["SRP_A"] != nil, "PASSWORD_VERIFIER":
            return try beginSRP(user, &pool) { $0.custom = past }
        default: throw call.badAnswer("Unrecognizable lambda output")
        }
    }

    private func create(_ past: [Value], _ user: PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        let event = try pool.trigger(
            "CreateAuthChallenge", as: "CreateAuthChallenge_Authentication", user, client, call,
            request: [
                "challengeName": "CUSTOM_CHALLENGE", "session": .list(past), "clientMetadata": call.clientMetadata,
            ],
            response: ["publicChallengeParameters": [:], "privateChallengeParameters": [:], "challengeMetadata": .null])
        let response = event?["response"]?.fields ?? [:]
        var shown = response["publicChallengeParameters"]?.fields ?? [:]
        shown["USERNAME"] = .string(user.username)
        return challenge("CUSTOM_CHALLENGE", shown, for: user.key, &pool) {
            $0.custom = past
            $0.privateParameters = response["privateChallengeParameters"]?.fields ?? [:]
            $0.challengeMetadata = response["challengeMetadata"] ?? .null
        }
    }

    /// The answer to CUSTOM_CHALLENGE, judged by a function.
    func proveCustom(
        _ session: AuthSession, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        let event = try pool.trigger(
            "VerifyAuthChallengeResponse", as: "VerifyAuthChallengeResponse_Authentication", user, client, call,
            request: [
                "privateChallengeParameters": .structure(session.privateParameters),
                "challengeAnswer": .string(try parameter("ANSWER")), "clientMetadata": call.clientMetadata,
            ], response: ["answerCorrect": .null],
            unscripted: [
                "answerCorrect": .bool(session.privateParameters["answer"].map { $0 == parameters["ANSWER"] } ?? false)
            ])
        let isRight = event?["response"]?.fields?["answerCorrect"]?.bool ?? false
        let result: Value = [
            "challengeName": "CUSTOM_CHALLENGE", "challengeResult": .bool(isRight),
            "challengeMetadata": session.challengeMetadata,
        ]
        return try define(session.custom + [result], &user, &pool)
    }
}
