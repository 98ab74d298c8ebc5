// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// An app client of a pool.
struct UserPoolClient: Sendable {
    let id: String
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    /// Its secrets, the newest last; none for a public client.
    var secrets: [ClientSecret]
    /// The members of CreateUserPoolClient that are kept as they came, defaults filled in.
    var settings: Fields

    /// The flows that a client has whose flows are not given.
    static let defaultFlows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"]

    var name: String { settings["ClientName"]?.string ?? "" }

    func has(_ setting: String) -> Bool { settings[setting]?.bool ?? false }

    /// Whether a flow may be used, by the new names (`ALLOW_USER_SRP_AUTH`) or the old ones (`USER_PASSWORD_AUTH`,
    /// beside which SRP is always allowed).
    func allows(_ flow: String) -> Bool {
        let flows = settings.texts("ExplicitAuthFlows")
        if flows.isEmpty { return Self.defaultFlows.contains("ALLOW_\(flow)") }
        if flows.contains("ALLOW_\(flow)") { return true }
        guard !flows.contains(where: { $0.hasPrefix("ALLOW_") }) else { return false }
        switch flow {
        case "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH": return true
        case "ADMIN_USER_PASSWORD_AUTH": return flows.contains("ADMIN_NO_SRP_AUTH")
        case "CUSTOM_AUTH": return flows.contains("CUSTOM_AUTH_FLOW_ONLY")
        default: return flows.contains(flow)
        }
    }

    /// Whether it hides that a user does not exist.
    var hidesUsers: Bool { settings["PreventUserExistenceErrors"]?.string == "ENABLED" }

    /// How long a sign-in may take from one challenge to the next.
    var sessionSpan: Duration { .seconds(60 * (settings["AuthSessionValidity"]?.integer ?? 3)) }

    /// How long a token lasts: AccessToken, IdToken or RefreshToken.
    func span(of token: String) -> Duration {
        let isRefresh = token == "RefreshToken"
        let given = settings["\(token)Validity"]?.integer ?? 0
        let count = given > 0 ? given : isRefresh ? 30 : 1
        let unit = settings["TokenValidityUnits"]?.fields?[token]?.string
        // What is not given is 30 days and an hour, whatever unit is named.
        let seconds: Int64 =
            switch given > 0 ? unit ?? (isRefresh ? "days" : "hours") : (isRefresh ? "days" : "hours") {
            case "seconds": 1
            case "minutes": 60
            case "hours": 3600
            default: 86_400
            }
        return .seconds(count * seconds)
    }

    /// Whether a refresh gives a new refresh token, and how long the old one then still serves.
    var rotationGrace: Duration? {
        guard let rotation = settings["RefreshTokenRotation"]?.fields, rotation["Feature"]?.string == "ENABLED" else {
            return nil
        }
        return .seconds(rotation["RetryGracePeriodSeconds"]?.integer ?? 0)
    }

    /// Whether a secret hash proves one of the client's secrets: base64 of HMAC-SHA256 over username and client id.
    func isRight(secretHash: String, user: String) -> Bool {
        secrets.contains { secret in
            let hash = Digests.hmacSHA256(key: secret.value.utf8, Array("\(user)\(id)".utf8))
            return Digests.areEqual(Array(Base64.text(hash).utf8), Array(secretHash.utf8))
        }
    }

    func described(in pool: UserPool) -> Value {
        var fields: Fields = ["UserPoolId": .string(pool.id), "ClientName": .string(name), "ClientId": .string(id)]
        if let secret = secrets.first { fields["ClientSecret"] = .string(secret.value) }
        fields["LastModifiedDate"] = .timestamp(modifiedAt)
        fields["CreationDate"] = .timestamp(createdAt)
        for (name, value) in settings { fields[name] = value }
        return .structure(fields)
    }
}

/// One of a client's secrets.
struct ClientSecret: Sendable {
    let id: String
    let value: String
    let createdAt: Timestamp

    /// As lists show it: the value only where it is said for the first time.
    func described(withValue: Bool) -> Value {
        var fields: Fields = ["ClientSecretId": .string(id)]
        if withValue { fields["ClientSecretValue"] = .string(value) }
        fields["ClientSecretCreateDate"] = .timestamp(createdAt)
        return .structure(fields)
    }
}
