// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryServices

/// Credentials and tokens in the answers of services that give them out and have no fake, and beside what a scenario
/// says of STS: a stub without them, or with some that have run out already, would stop a client before the call that a
/// test is about. The credentials are sessions of the sandbox like those of STS.
struct IssuedCredentials {
    let source: StubSource
    let world: World

    /// How long what is given out lasts unless the request says, in seconds: STS's default.
    private static let lifetime: Int64 = 3600

    /// What an operation gives out; nil for operations that give out nothing.
    func output(of operation: AwryModel.Operation, in service: Service, _ input: Fields) -> Fields? {
        switch (service.name, operation.name) {
        case ("sts", "AssumeRole"), ("sts", "AssumeRoleWithSAML"), ("sts", "AssumeRoleWithWebIdentity"):
            return assumed(input)
        case ("sts", "AssumeRoot"), ("sts", "GetSessionToken"), ("sts", "GetFederationToken"):
            return ["Credentials": credentials(key(input, seconds: input["DurationSeconds"]?.integer ?? Self.lifetime))]
        case ("cognito-identity", "GetCredentialsForIdentity"):
            return ["Credentials": credentials(key(input), secretName: "SecretKey")]
        case ("sso", "GetRoleCredentials"):
            return ["roleCredentials": roleCredentials(key(input, role: input["roleName"]?.string ?? "awry"))]
        case ("sso-oidc", "CreateToken"), ("sso-oidc", "CreateTokenWithIAM"): return token
        case ("sso-oidc", "RegisterClient"): return client
        case ("sso-oidc", "StartDeviceAuthorization"): return device
        case ("signin", "CreateOAuth2Token"): return ["tokenOutput": signIn(key(input))]
        default: return nil
        }
    }

    /// Whether an operation gives out anything.
    static func gives(_ operation: AwryModel.Operation, in service: Service) -> Bool {
        switch service.name {
        case "sts":
            operation.name.hasPrefix("AssumeRo") || ["GetSessionToken", "GetFederationToken"].contains(operation.name)
        case "cognito-identity": operation.name == "GetCredentialsForIdentity"
        case "sso": operation.name == "GetRoleCredentials"
        case "sso-oidc":
            ["CreateToken", "CreateTokenWithIAM", "RegisterClient", "StartDeviceAuthorization"].contains(operation.name)
        case "signin": operation.name == "CreateOAuth2Token"
        default: false
        }
    }

    /// A session of the role that the request names, or of one that stands for it.
    private func key(_ input: Fields, role: String = "awry", seconds: Int64 = lifetime) -> IssuedKey {
        let named = input["RoleArn"]?.string
        let session = OutsideSession(
            account: named.flatMap(ARN.init).map { String($0.account) } ?? source.account,
            role: named?.split(separator: "/").last.map(String.init) ?? role,
            name: input["RoleSessionName"]?.string ?? "session", lifetime: .seconds(seconds))
        return world.issue(session, at: source.now)
    }

    private func credentials(_ key: IssuedKey, secretName: String = "SecretAccessKey") -> Value {
        .structure([
            "AccessKeyId": .string(key.accessKeyID), secretName: .string(key.secret),
            "SessionToken": .string(key.sessionToken ?? ""), "Expiration": .timestamp(key.expires ?? source.now),
        ])
    }

    private func assumed(_ input: Fields) -> Fields {
        let key = key(input, seconds: input["DurationSeconds"]?.integer ?? Self.lifetime)
        return [
            "Credentials": credentials(key),
            "AssumedRoleUser": [
                "AssumedRoleId": .string(key.principal.userID), "Arn": .string(key.principal.arn),
            ],
        ]
    }

    private func roleCredentials(_ key: IssuedKey) -> Value {
        [
            "accessKeyId": .string(key.accessKeyID), "secretAccessKey": .string(key.secret),
            "sessionToken": .string(key.sessionToken ?? ""),
            "expiration": .integer((key.expires ?? source.now).milliseconds),
        ]
    }

    /// Texts that look like tokens, the same for the same request.
    private var texts: TokenTexts { TokenTexts(source) }

    private var token: Fields {
        [
            "accessToken": .string(texts.long), "tokenType": "Bearer", "expiresIn": .integer(Self.lifetime),
            "refreshToken": .string(texts.short),
        ]
    }

    private var client: Fields {
        let day: Int64 = 86_400
        return [
            "clientId": .string(texts.short), "clientSecret": .string(texts.long),
            "clientIdIssuedAt": .integer(source.now.seconds),
            "clientSecretExpiresAt": .integer(source.now.seconds + 90 * day),
        ]
    }

    private var device: Fields {
        let code = texts.short.uppercased().prefix(8)
        let page = "https://device.sso.\(source.region).amazonaws.com/"
        return [
            "deviceCode": .string(texts.long), "userCode": .string("\(code.prefix(4))-\(code.suffix(4))"),
            "verificationUri": .string(page),
            "verificationUriComplete": .string("\(page)?user_code=\(code.prefix(4))-\(code.suffix(4))"),
            "expiresIn": 600, "interval": 1,
        ]
    }

    private func signIn(_ key: IssuedKey) -> Value {
        [
            "accessToken": [
                "accessKeyId": .string(key.accessKeyID), "secretAccessKey": .string(key.secret),
                "sessionToken": .string(key.sessionToken ?? ""),
            ],
            "tokenType": "urn:aws:params:oauth:token-type:access_token_sigv4", "expiresIn": 900,
            "refreshToken": .string(texts.short),
        ]
    }
}

extension Fields {
    /// These fields with others over them, structure by structure.
    func merging(_ others: Fields) -> Fields {
        var fields = self
        for (name, value) in others {
            if case .structure(let inner) = value, let outer = self[name]?.fields {
                fields[name] = .structure(outer.merging(inner))
            } else {
                fields[name] = value
            }
        }
        return fields
    }
}
