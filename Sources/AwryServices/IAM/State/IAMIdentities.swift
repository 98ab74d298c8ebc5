// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// A user, or an account's root.
struct IAMUser: PolicyHolder {
    static var store: WritableKeyPath<IAMAccount, [String: IAMUser]> { \.users }
    static let kind = "User"
    static let inlineSize = PolicyKind.Limit.userInlinePolicies

    var entity: IAMEntity
    var permissions = HeldPolicies()
    var keys: [AccessKey] = []
    var login: LoginProfile?
    var certificates: [SigningCertificate] = []
    var sshKeys: [SSHPublicKey] = []
    var serviceCredentials: [ServiceCredential] = []

    init(_ entity: IAMEntity) {
        self.entity = entity
    }
}

/// A group of users.
struct IAMGroup: PolicyHolder {
    static var store: WritableKeyPath<IAMAccount, [String: IAMGroup]> { \.groups }
    static let kind = "Group"
    static let inlineSize = PolicyKind.Limit.groupInlinePolicies

    var entity: IAMEntity
    var permissions = HeldPolicies()
    /// Unique ids of its users.
    var members: Set<String> = []

    init(_ entity: IAMEntity) {
        self.entity = entity
    }
}

/// A role.
struct IAMRole: PolicyHolder {
    static var store: WritableKeyPath<IAMAccount, [String: IAMRole]> { \.roles }
    static let kind = "Role"
    static let inlineSize = PolicyKind.Limit.roleInlinePolicies
    static let defaultSession: Int64 = 3600

    var entity: IAMEntity
    var permissions = HeldPolicies()
    /// The policy that says who may assume it.
    var trust: String
    /// Since when it is so, and what it was before; nil for a role that was not there.
    var trustChanged: (at: Timestamp, before: String?)
    var description: String?
    /// The longest session, in seconds.
    var longestSession: Int64 = defaultSession
    /// The service that a service-linked role belongs to.
    var service: String?
    var lastUsed: (at: Timestamp, region: String)?

    init(_ entity: IAMEntity, trust: String) {
        self.entity = entity
        self.trust = trust
        trustChanged = (entity.created, nil)
    }
}

/// What gives an EC2 instance its role.
struct InstanceProfile: IAMNoun {
    static var store: WritableKeyPath<IAMAccount, [String: InstanceProfile]> { \.instanceProfiles }
    static let member = "InstanceProfileName"
    static let resource = "instance-profile"
    static func missing(_ name: String) -> String { "Instance Profile \(name) cannot be found." }

    var entity: IAMEntity
    /// Where its role is kept.
    var role: String?
}
