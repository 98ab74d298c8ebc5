// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Sign-in whose challenges the pool's own functions make ("Custom authentication challenge Lambda triggers").
extension SignInFlow {
    func beginCustom(_ user: inout PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        guard pool.settings["LambdaConfig"]?.fields?["DefineAuthChallenge"] != nil else {
            throw call.error(
                "InvalidUserPoolConfigurationException",
                "Custom auth lambda trigger is not configured for the user pool.")
        }
        return try define([], &user, &pool)
    }

    /// Asks what comes next: another challenge, tokens, or the end.
    private func define(
        _ past: [Value], _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        let event = try pool.trigger(
            "DefineAuthChallenge", as: "DefineAuthChallenge_Authentication", user, client, call,
            request: ["session": .list(past), "clientMetadata": call.clientMetadata, "userNotFound": false],
            response: ["challengeName": .null, "issueTokens": .null, "failAuthentication": .null])
        guard let response = event?["response"]?.fields else {
            throw call.error("InvalidLambdaResponseException", "Unrecognizable lambda output")
        }
        if response["failAuthentication"]?.bool == true { throw call.refused("Incorrect username or password.") }
        if response["issueTokens"]?.bool == true {
            if user.status == .unconfirmed { throw call.error("UserNotConfirmedException", "User is not confirmed.") }
            return try signIn(&user, &pool)
        }
        switch response["challengeName"]?.string {
        case "CUSTOM_CHALLENGE": return try create(past, user, &pool)
        case "SRP_A" where parameters["SRP_A"] != nil, "PASSWORD_VERIFIER": return try beginSRP(user, &pool)
        default: throw call.error("InvalidLambdaResponseException", "Unrecognizable lambda output")
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
            ], response: ["answerCorrect": .null])
        let isRight = event?["response"]?.fields?["answerCorrect"]?.bool ?? false
        let result: Value = [
            "challengeName": "CUSTOM_CHALLENGE", "challengeResult": .bool(isRight),
            "challengeMetadata": session.challengeMetadata,
        ]
        return try define(session.custom + [result], &user, &pool)
    }
}
