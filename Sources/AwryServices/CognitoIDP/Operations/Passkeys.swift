// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Passkeys as far as a client can tell: the options for a browser, and what it made of them (W3C, "Web
/// Authentication", sections 5.4 and 7.1). Who attests a key is not judged.
extension CognitoIDP {
    static var startWebAuthnRegistration: Handler? { start }
    static var completeWebAuthnRegistration: Handler? { complete }
    static var listWebAuthnCredentials: Handler? { list }
    static var deleteWebAuthnCredential: Handler? { delete }

    /// Whose passkeys a pool takes; the error of one that takes none.
    static func relyingParty(_ pool: UserPool, _ call: FakeCall) throws(WireError) -> String {
        guard pool.firstFactors.contains("WEB_AUTHN") else {
            throw call.error("WebAuthnNotEnabledException", "WEB_AUTHN is not enabled for this user pool.")
        }
        let own = pool.mfaSettings["WebAuthnConfiguration"]?.fields?["RelyingPartyId"]?.string
        guard let party = own ?? pool.domain.map({ "\($0.name).auth.\(pool.place.region).amazoncognito.com" }) else {
            throw call.error(
                "WebAuthnConfigurationMissingException", "The user pool has neither a relying party nor a domain.")
        }
        return party
    }

    private static func start(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            let party = try relyingParty(pool, call)
            let challenge = Base64.urlText(pool.identifiers.bytes(32))
            user.passkeyChallenge = challenge
            let known = user.passkeys.keys.map { Value.structure(["type": "public-key", "id": .string($0)]) }
            let verification = pool.mfaSettings["WebAuthnConfiguration"]?.fields?["UserVerification"] ?? "preferred"
            return .output([
                "CredentialCreationOptions": [
                    "rp": ["id": .string(party), "name": .string(party)],
                    "user": [
                        "id": .string(Base64.urlText(Array(user.sub.utf8))), "name": .string(user.username),
                        "displayName": .string(user.attributes["name"] ?? user.username),
                    ],
                    "challenge": .string(challenge),
                    "pubKeyCredParams": [["type": "public-key", "alg": -7], ["type": "public-key", "alg": -257]],
                    "timeout": 60_000, "excludeCredentials": .list(known),
                    "authenticatorSelection": [
                        "requireResidentKey": true, "residentKey": "required", "userVerification": verification,
                    ],
                ]
            ])
        }
    }

    private static func complete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (pool, user, _) throws(WireError) in
            let party = try relyingParty(pool, call)
            guard let expected = user.passkeyChallenge else {
                throw call.error("WebAuthnChallengeNotFoundException", "The challenge does not exist.")
            }
            let credential = call.members.fields("Credential")
            let response = credential["response"]?.fields ?? [:]
            guard let id = credential["id"]?.string,
                let client = PasskeyClientData(response.base64URL("clientDataJSON"), type: "webauthn.create")
            else { throw call.wrong("Invalid passkey credential.") }
            guard client.challenge == expected else {
                throw call.error("WebAuthnChallengeNotFoundException", "The challenge does not exist.")
            }
            guard client.isFrom(party) else {
                throw call.error("WebAuthnOriginNotAllowedException", "The origin is not allowed.")
            }
            guard let data = PasskeyData(attestation: response.base64URL("attestationObject")), data.isPresent,
                data.party == Digests.sha256(party.utf8), let made = data.credential, Base64.urlText(made.id) == id
            else { throw call.wrong("Invalid passkey credential.") }
            user.passkeyKeys[id] = made.key
            user.passkeyChallenge = nil
            user.passkeys[id] = [
                "CredentialId": .string(id), "FriendlyCredentialName": "Passkey", "RelyingPartyId": .string(party),
                "AuthenticatorAttachment": credential["authenticatorAttachment"] ?? "platform",
                "AuthenticatorTransports": response["transports"] ?? [], "CreatedAt": .timestamp(call.now),
            ]
            return .output([:])
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (_, user, _) throws(WireError) in
            let key = { (passkey: Fields) in passkey["CredentialId"]?.string ?? "" }
            let page = try PoolPage(
                user.passkeys.values, by: key, call, limit: "MaxResults", token: "NextToken", most: 20)
            let shown = page.elements.map { Value.structure($0) }
            return .output(page.output(["Credentials": .list(shown)], token: "NextToken"))
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onBearer(call) { (_, user, _) throws(WireError) in
            let id = call.members.text("CredentialId")
            guard user.passkeys[id] != nil else {
                throw call.error("ResourceNotFoundException", "Credential does not exist.")
            }
            user.passkeys[id] = nil
            user.passkeyKeys[id] = nil
            return .output([:])
        }
    }
}
