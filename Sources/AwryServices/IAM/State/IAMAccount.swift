// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

/// One account's part of IAM.
struct IAMAccount: Sendable {
    let id: String
    var identifiers: IdentifierSource
    /// The root user: it has keys, devices and certificates like any other, and no name.
    var root: IAMUser
    var users: [String: IAMUser] = [:]
    /// Where users are kept, by their unique ids.
    var userKeys: [String: String] = [:]
    /// The unique ids of who has a key, by its id.
    var keyHolders: [String: String] = [:]
    var groups: [String: IAMGroup] = [:]
    var roles: [String: IAMRole] = [:]
    var instanceProfiles: [String: InstanceProfile] = [:]
    /// The account's own managed policies, by ARN.
    var policies: [String: ManagedPolicy] = [:]
    var mfaDevices: [String: MFADevice] = [:]
    var samlProviders: [String: SAMLProvider] = [:]
    var oidcProviders: [String: OIDCProvider] = [:]
    var serverCertificates: [String: ServerCertificate] = [:]
    var alias: String?
    var passwordPolicy: IAMPasswordPolicy?
    /// When the credential report was last asked for; its text is of that moment.
    var report: CredentialReport?
    /// Jobs that report when services were last used, by their id.
    var accessJobs: [String: AccessJob] = [:]
    var deletionTasks: [String: DeletionTask] = [:]
    var delegations: [String: DelegationRequest] = [:]
    /// What the organisation lets root do: `RootCredentialsManagement`, `RootSessions`.
    var rootFeatures: [String] = []
    /// The issuer of web identity tokens; nil while outbound federation is disabled.
    var tokenIssuer: String?
    /// What signs those tokens, once one was asked for.
    var rsaKey: RSAKey?
    var curveKey: CurveKey?
    var globalTokenVersion: Int64 = 1
    /// Sessions that were given out, by their key id.
    var sessions: [String: IAMSession] = [:]
    /// When services were last called, by principal's ARN and service.
    var lastUses: [IAMLastUse.Key: IAMLastUse] = [:]

    init(_ id: String, _ identifiers: IdentifierSource) {
        self.id = id
        self.identifiers = identifiers
        root = IAMUser(IAMEntity(name: "<root_account>", path: "/", id: id, created: Timestamp(seconds: 1_577_836_800)))
    }
}

extension IAMAccount {
    /// What of the state contradicts itself.
    var contradiction: String? {
        for group in groups.values {
            if let gone = group.members.first(where: { user(id: $0) == nil }) {
                return "group \(group.entity.name) has \(gone), who is no user"
            }
        }
        for profile in instanceProfiles.values {
            if let role = profile.role, roles[role] == nil {
                return "\(profile.entity.name) has \(role), which is none"
            }
        }
        for holder in holders {
            let policies = holder.permissions.attached + [holder.permissions.boundary].compactMap { $0 }
            if let gone = policies.first(where: { policy($0) == nil }) { return "\(gone) is attached, and is none" }
        }
        for device in mfaDevices.values {
            if let owner = device.owner, user(id: owner) == nil { return "\(device.serial) belongs to nobody" }
        }
        return nil
    }

    /// Users, groups and roles.
    var holders: [any PolicyHolder] {
        Array(users.values) as [any PolicyHolder] + Array(groups.values) + Array(roles.values)
    }

    /// A managed policy, the account's own or AWS's.
    func policy(_ arn: String) -> ManagedPolicy? {
        policies[arn] ?? ManagedPolicy.ofAWS[arn]
    }
}
