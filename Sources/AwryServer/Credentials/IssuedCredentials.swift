// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Credentials and tokens in the answers of the services that give them out: a stub without them, or with some that
/// have run out already, would stop a client before the call that a test is about.
struct IssuedCredentials {
    let source: StubSource
    let sandbox: String

    /// How long what is given out lasts unless the request says, in seconds: STS's default.
    private static let lifetime: Int64 = 3600

    /// What an operation gives out; nil for operations that give out nothing.
    func output(of operation: AwryModel.Operation, in service: Service, _ input: Fields) -> Fields? {
        switch (service.name, operation.name) {
        case ("sts", "AssumeRole"), ("sts", "AssumeRoleWithSAML"), ("sts", "AssumeRoleWithWebIdentity"):
            return ["Credentials": credentials(input), "AssumedRoleUser": assumedRole(input)]
        case ("sts", "AssumeRoot"), ("sts", "GetSessionToken"), ("sts", "GetFederationToken"):
            return ["Credentials": credentials(input)]
        case ("cognito-identity", "GetCredentialsForIdentity"):
            return ["Credentials": credentials(input, secretName: "SecretKey")]
        case ("sso", "GetRoleCredentials"): return ["roleCredentials": roleCredentials]
        case ("sso-oidc", "CreateToken"), ("sso-oidc", "CreateTokenWithIAM"): return token
        case ("sso-oidc", "RegisterClient"): return client
        case ("sso-oidc", "StartDeviceAuthorization"): return device
        case ("signin", "CreateOAuth2Token"): return ["tokenOutput": signIn]
        default: return nil
        }
    }

    private var key: TemporaryKey { TemporaryKey(source, sandbox: sandbox) }

    private func credentials(_ input: Fields, secretName: String = "SecretAccessKey") -> Value {
        let seconds = input["DurationSeconds"]?.integer ?? Self.lifetime
        return .structure([
            "AccessKeyId": .string(key.accessKeyID), secretName: .string(key.secret),
            "SessionToken": .string(key.sessionToken), "Expiration": .timestamp(source.now + .seconds(seconds)),
        ])
    }

    /// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, from the role's ARN.
    private func assumedRole(_ input: Fields) -> Value {
        let role = input["RoleArn"]?.string?.split(separator: "/").last.map(String.init) ?? "role"
        let account = input["RoleArn"]?.string?.split(separator: ":", omittingEmptySubsequences: false)
        let number = account.flatMap { $0.count > 4 ? String($0[4]) : nil } ?? source.account
        let session = input["RoleSessionName"]?.string ?? "session"
        return [
            "AssumedRoleId": .string("AROA\(key.secret.uppercased().prefix(16)):\(session)"),
            "Arn": .string("arn:aws:sts::\(number):assumed-role/\(role)/\(session)"),
        ]
    }

    private var roleCredentials: Value {
        let ends = source.now + .seconds(Self.lifetime)
        return [
            "accessKeyId": .string(key.accessKeyID), "secretAccessKey": .string(key.secret),
            "sessionToken": .string(key.sessionToken), "expiration": .integer(ends.milliseconds),
        ]
    }

    private var token: Fields {
        [
            "accessToken": .string(key.sessionToken), "tokenType": "Bearer", "expiresIn": .integer(Self.lifetime),
            "refreshToken": .string(key.secret),
        ]
    }

    private var client: Fields {
        let day: Int64 = 86_400
        return [
            "clientId": .string(key.secret), "clientSecret": .string(key.sessionToken),
            "clientIdIssuedAt": .integer(source.now.seconds),
            "clientSecretExpiresAt": .integer(source.now.seconds + 90 * day),
        ]
    }

    private var device: Fields {
        let code = key.secret.uppercased().prefix(8)
        let page = "https://device.sso.\(source.region).amazonaws.com/"
        return [
            "deviceCode": .string(key.sessionToken), "userCode": .string("\(code.prefix(4))-\(code.suffix(4))"),
            "verificationUri": .string(page),
            "verificationUriComplete": .string("\(page)?user_code=\(code.prefix(4))-\(code.suffix(4))"),
            "expiresIn": 600, "interval": 1,
        ]
    }

    private var signIn: Value {
        [
            "accessToken": [
                "accessKeyId": .string(key.accessKeyID), "secretAccessKey": .string(key.secret),
                "sessionToken": .string(key.sessionToken),
            ],
            "tokenType": "urn:aws:params:oauth:token-type:access_token_sigv4", "expiresIn": 900,
            "refreshToken": .string(key.secret),
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
