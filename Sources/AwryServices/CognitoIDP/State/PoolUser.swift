// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// A user of a pool.
struct PoolUser: Sendable {
    enum Status: String, Sendable {
        case unconfirmed = "UNCONFIRMED"
        case confirmed = "CONFIRMED"
        case resetRequired = "RESET_REQUIRED"
        case forceChangePassword = "FORCE_CHANGE_PASSWORD"
        case externalProvider = "EXTERNAL_PROVIDER"
    }

    /// The name that the pool shows.
    let username: String
    /// The name by which the pool finds him: folded where case does not count.
    let key: String
    let sub: String
    var status: Status
    var isEnabled = true
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    /// Values by attribute, `sub` left out, in the order in which they were set.
    var attributes: [String: String] = [:]
    var password: PoolPassword?
    /// When a temporary password ends.
    var temporaryUntil: Timestamp?
    var formerPasswords: [PoolPassword] = []
    var codes: [PoolCode.Purpose: PoolCode] = [:]
    /// Values that wait for their verification, where the pool wants it before they are taken over.
    var pendingAttributes: [String: String] = [:]
    var attempts = AttemptLimit()
    var factors = UserFactors()
    var devices = KeyedList<PoolDevice>()
    var passkeys = KeyedList<Fields>()
    /// The public key of each passkey.
    var passkeyKeys: [String: PasskeyData.Key] = [:]
    /// What the passkey that is being made must sign.
    var passkeyChallenge: String?
    /// Sign-ins whose tokens still serve, by their `origin_jti`.
    var signIns: [String: PoolSignIn] = [:]
    var events: [Fields] = []
    /// What the API's oldest MFA calls have set.
    var options: [Value] = []

    var isConfirmed: Bool { status != .unconfirmed }

    /// Refuses what a user may not do whose password an administrator has reset, where the operation knows that.
    func mustNotReset(_ call: FakeCall) throws(WireError) {
        if status == .resetRequired, call.models("PasswordResetRequiredException") { throw call.mustReset() }
    }

    /// Keeps an event of the user's history: the latest hundred.
    mutating func record(_ kind: String, passed: Bool, _ call: FakeCall, _ ids: inout IdentifierSource) {
        events.append([
            "EventId": .string(ids.uuid()), "EventType": .string(kind), "CreationDate": .timestamp(call.now),
            "EventResponse": .string(passed ? "Pass" : "Fail"), "EventRisk": ["RiskDecision": "NoRisk"],
        ])
        if events.count > 100 { events.removeFirst() }
    }

    /// Attributes as answers list them, `sub` first, only these where some are asked for.
    func attributeList(_ wanted: [String] = []) -> Value {
        let all = [("sub", sub)] + attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let chosen = wanted.isEmpty ? all : all.filter { wanted.contains($0.0) }
        return .list(chosen.map { ["Name": .string($0.0), "Value": .string($0.1)] })
    }

    /// As `ListUsers` shows him.
    func described(attributes wanted: [String] = []) -> Value {
        var fields: Fields = [
            "Username": .string(username), "Attributes": attributeList(wanted), "UserCreateDate": .timestamp(createdAt),
            "UserLastModifiedDate": .timestamp(modifiedAt), "Enabled": .bool(isEnabled),
            "UserStatus": .string(status.rawValue),
        ]
        if !options.isEmpty { fields["MFAOptions"] = .list(options) }
        return .structure(fields)
    }
}

/// A password as a pool keeps it: the secret of secure remote passwords, which proves a password sent openly too.
struct PoolPassword: Sendable {
    let salt: [UInt8]
    let secret: [UInt8]

    init(_ password: String, of user: String, in pool: UserPool, salt: [UInt8]) {
        self.salt = salt
        secret = SecureRemotePassword.secret(salt: salt, group: pool.shortName, user: user, password: password)
    }

    func isMade(of password: String, of user: String, in pool: UserPool) -> Bool {
        Digests.areEqual(PoolPassword(password, of: user, in: pool, salt: salt).secret, secret)
    }
}

/// A code that was sent to a user.
struct PoolCode: Sendable {
    enum Purpose: Sendable, Hashable {
        case signUp
        case forgotPassword
        case attribute(String)
    }

    let code: String
    let until: Timestamp
    /// What it verifies when it comes back: `email` or `phone_number`.
    var attribute: String?
}

/// A second factor, or several, that a user has set up.
struct UserFactors: Sendable {
    var isSMSOn = false
    var isEmailOn = false
    var isTOTPOn = false
    /// The key of one-time passwords that was handed out, base32; it counts once a password proves it.
    var totpSecret: String?
    var isTOTPProven = false
    /// SMS_MFA, SOFTWARE_TOKEN_MFA or EMAIL_OTP.
    var preferred: String?
    /// The last step of time that was used, so that no one-time password serves twice.
    var lastStep: Int64?

    /// In the order in which answers list them.
    var active: [String] {
        var names: [String] = []
        if isTOTPOn { names.append("SOFTWARE_TOKEN_MFA") }
        if isSMSOn { names.append("SMS_MFA") }
        if isEmailOn { names.append("EMAIL_OTP") }
        return names
    }
}

/// A device that a user has signed in with.
struct PoolDevice: Sendable {
    let key: String
    /// The pool's name for the group of devices, by which the device's password is hashed.
    let group: String
    var name: String?
    var salt: [UInt8] = []
    var verifier: [UInt8] = []
    var isConfirmed = false
    var isRemembered = false
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    var usedAt: Timestamp

    var described: Value {
        var attributes: [Value] = [
            ["Name": "device_status", "Value": "valid"],
            ["Name": "dev:device_remembered_status", "Value": .string(isRemembered ? "remembered" : "not_remembered")],
        ]
        if let name { attributes.append(["Name": "device_name", "Value": .string(name)]) }
        return [
            "DeviceKey": .string(key), "DeviceAttributes": .list(attributes),
            "DeviceCreateDate": .timestamp(createdAt), "DeviceLastModifiedDate": .timestamp(modifiedAt),
            "DeviceLastAuthenticatedDate": .timestamp(usedAt),
        ]
    }
}

/// One sign-in: what its tokens hang on.
struct PoolSignIn: Sendable {
    let client: String
    let at: Timestamp
    var device: String?
    var scopes: String
    var nonce: String?
    /// Whether it was made at the pool's pages, so that its scopes say what is told of the user.
    var isHosted = false
}
