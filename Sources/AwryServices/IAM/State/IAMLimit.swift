// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

/// A quota ("IAM and AWS STS quotas" of the IAM User Guide): its name as LimitExceeded tells it, and the default.
struct IAMLimit: Sendable {
    let name: String
    let most: Int

    static let users = IAMLimit(name: "UsersPerAccount", most: 5000)
    static let groups = IAMLimit(name: "GroupsPerAccount", most: 300)
    static let roles = IAMLimit(name: "RolesPerAccount", most: 1000)
    static let instanceProfiles = IAMLimit(name: "InstanceProfilesPerAccount", most: 1000)
    static let policies = IAMLimit(name: "PoliciesPerAccount", most: 1500)
    static let serverCertificates = IAMLimit(name: "ServerCertificatesPerAccount", most: 20)
    static let samlProviders = IAMLimit(name: "SAMLProvidersPerAccount", most: 100)
    static let oidcProviders = IAMLimit(name: "OpenIdConnectProvidersPerAccount", most: 100)
    static let clientIDs = IAMLimit(name: "ClientIdsPerOpenIdConnectProvider", most: 100)
    static let thumbprints = IAMLimit(name: "ThumbprintsPerOpenIdConnectProvider", most: 5)
    static let groupsPerUser = IAMLimit(name: "GroupsPerUser", most: 10)
    static let accessKeys = IAMLimit(name: "AccessKeysPerUser", most: 2)
    static let mfaDevices = IAMLimit(name: "MFADevicesPerUser", most: 8)
    static let signingCertificates = IAMLimit(name: "SigningCertificatesPerUser", most: 2)
    static let sshKeys = IAMLimit(name: "SSHPublicKeysPerUser", most: 5)
    static let serviceCredentials = IAMLimit(name: "ServiceSpecificCredentialsPerUser", most: 2)
    static let roleInProfile = IAMLimit(name: "InstanceSessionsPerInstanceProfile", most: 1)
    static let policySize = IAMLimit(name: "PolicySize", most: PolicyKind.Limit.managedPolicy)
    static let trustSize = IAMLimit(name: "ACLSizePerRole", most: PolicyKind.Limit.trustPolicy)
    static let tags = IAMLimit(name: "TagsPerResource", most: 50)
    static let versions = 5

    /// How many managed policies a user, a group or a role may have.
    static func attached(to kind: String) -> IAMLimit { IAMLimit(name: "PoliciesPer\(kind)", most: 10) }

    /// Refuses one more where there are this many.
    func check(_ count: Int, _ call: FakeCall) throws(WireError) {
        if count >= most { throw exceeded(call) }
    }

    /// Refuses what is longer than this.
    func check(length: Int, _ call: FakeCall) throws(WireError) {
        if length > most { throw exceeded(call) }
    }

    private func exceeded(_ call: FakeCall) -> WireError {
        call.error("LimitExceeded", "Cannot exceed quota for \(name): \(most)")
    }
}
