// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// Sign-in by a passkey: the challenge WEB_AUTHN, and the assertion that answers it (W3C, "Web Authentication", 7.2).
extension SignInFlow {
    func askForPasskey(_ user: PoolUser, _ pool: inout UserPool) throws(WireError) -> Outcome {
        let party = try CognitoIDP.relyingParty(pool, call)
        let challenge = Base64.urlText(pool.identifiers.bytes(32))
        let known = user.passkeys.keys.map { id -> Value in
            [
                "id": .string(id), "type": "public-key",
                "transports": user.passkeys[id]?["AuthenticatorTransports"] ?? [],
            ]
        }
        let options: Value = [
            "challenge": .string(challenge), "timeout": 180_000, "rpId": .string(party),
            "allowCredentials": .list(known),
            "userVerification": pool.mfaSettings["WebAuthnConfiguration"]?.fields?["UserVerification"] ?? "preferred",
        ]
        let parameters: Fields = ["CREDENTIAL_REQUEST_OPTIONS": .string(JSON.text(options))]
        return self.challenge("WEB_AUTHN", parameters, for: user.key, &pool) { $0.code = challenge }
    }

    /// The answer to WEB_AUTHN.
    func provePasskey(
        _ session: AuthSession, _ user: inout PoolUser, _ pool: inout UserPool
    ) throws(WireError) -> Outcome {
        let party = try CognitoIDP.relyingParty(pool, call)
        guard let credential = (try? JSON.parse(try parameter("CREDENTIAL")))?.fields,
            let response = credential["response"]?.fields, let id = credential["id"]?.string
        else { throw call.wrong("Invalid passkey credential.") }
        let (client, data) = (response.base64URL("clientDataJSON"), response.base64URL("authenticatorData"))
        guard let said = PasskeyClientData(client, type: "webauthn.get"), said.challenge == session.code,
            said.isFrom(party), let authenticator = PasskeyData(data), authenticator.isPresent,
            authenticator.party == Digests.sha256(party.utf8), let key = user.passkeyKeys[id],
            key.hasSigned(data + Digests.sha256(client), response.base64URL("signature"))
        else {
            user.record("SignIn", passed: false, call, &pool.identifiers)
            throw call.refused("Invalid passkey credential.")
        }
        return try signIn(&user, &pool)
    }
}

extension Fields {
    /// The bytes of a credential's member; none where it is missing or is not Base64 of the URL's alphabet.
    func base64URL(_ name: String) -> [UInt8] { self[name]?.string.flatMap { Base64.urlDecode($0.utf8) } ?? [] }
}

/// What a browser says of a ceremony (5.8.1).
struct PasskeyClientData {
    let challenge: String
    private let origin: String

    /// The data of these bytes; nil where they are none, or are of another ceremony.
    init?(_ bytes: [UInt8], type: String) {
        guard let fields = (try? JSON.parse(bytes[...]))?.fields, fields["type"]?.string == type,
            let challenge = fields["challenge"]?.string
        else { return nil }
        self.challenge = challenge
        origin = fields["origin"]?.string ?? ""
    }

    /// Whether the page is the relying party's, or below it.
    func isFrom(_ party: String) -> Bool {
        let host = origin.split(separator: "/").last?.split(separator: ":").first.map(String.init) ?? ""
        return host == party || host.hasSuffix("." + party)
    }
}
