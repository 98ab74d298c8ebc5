// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A key of a user or of an account's root.
struct AccessKey: Sendable {
    let id: String
    let secret: String
    let created: Timestamp
    var isActive = true
    /// When, where and for which service it was last used.
    var lastUse: (at: Timestamp, region: String, service: String)?

    var status: Value { isActive ? "Active" : "Inactive" }
}

/// A password.
struct LoginProfile: Sendable {
    var password: String
    let created: Timestamp
    var changed: Timestamp
    var mustReset: Bool
    /// Those before this one, newest last.
    var former: [String] = []
}

/// A certificate by which a user signs SOAP requests.
struct SigningCertificate: Sendable {
    let id: String
    let body: String
    let uploaded: Timestamp
    var status: String = "Active"
}

/// A key for CodeCommit.
struct SSHPublicKey: Sendable {
    let id: String
    let key: RSAPublicKey
    /// As it was sent.
    let body: String
    let uploaded: Timestamp
    var status: String = "Active"
}

/// A name and a password for one service.
struct ServiceCredential: Sendable {
    let id: String
    let service: String
    let userName: String
    var password: String
    let created: Timestamp
    let expires: Timestamp?
    var status: String = "Active"
    /// Whether it is an API key, of which only alias and secret are told.
    var isAPIKey: Bool
}

/// A device for one-time passwords, made here or of plastic.
struct MFADevice: IAMNoun {
    static var store: WritableKeyPath<IAMAccount, [String: MFADevice]> { \.mfaDevices }
    static let member = "SerialNumber"
    static let resource = "mfa"
    static func missing(_ name: String) -> String { "VirtualMFADevice with serial number \(name) doesn't exist." }
    static func key(_ name: String) -> String { name }

    var entity: IAMEntity
    let serial: String
    /// What passwords are made of; nil where the device is not one of ours, so that any six digits must do.
    let seed: [UInt8]?
    /// The unique id of the user whose it is; the account's number where it is root's.
    var owner: String?
    var enabled: Timestamp?
    /// The last interval of which a password was taken: none is taken twice.
    var lastInterval: Int64 = 0
}

extension IAMAccount {
    /// The user of a unique id, or the root.
    func user(id: String) -> IAMUser? {
        id == self.id ? root : userKeys[id].flatMap { users[$0] }
    }

    /// The devices of a user, oldest first.
    func devices(of id: String) -> [MFADevice] {
        mfaDevices.values.filter { $0.owner == id }.sorted { $0.serial < $1.serial }
    }
}
