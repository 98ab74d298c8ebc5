// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

extension IAM {
    static var getAccountSummary: Handler? {
        on { (account, _) throws(WireError) in
            ["SummaryMap": .structure(Fields(account.summary.map { ($0, .integer(Int64($1))) }))]
        }
    }
    static var getAccountAuthorizationDetails: Handler? {
        on { (account, call) throws(WireError) in try account.details(call) }
    }
}

extension IAMAccount {
    /// The counts and quotas of GetAccountSummary.
    fileprivate var summary: [(String, Int)] {
        let versions = policies.values.reduce(0) { $0 + $1.versions.count }
        return [
            ("GroupPolicySizeQuota", PolicyKind.Limit.groupInlinePolicies),
            ("InstanceProfilesQuota", IAMLimit.instanceProfiles.most),
            ("Policies", policies.count), ("GroupsPerUserQuota", IAMLimit.groupsPerUser.most),
            ("InstanceProfiles", instanceProfiles.count),
            ("AttachedPoliciesPerUserQuota", IAMLimit.attached(to: "User").most), ("Users", users.count),
            ("PoliciesQuota", IAMLimit.policies.most), ("Providers", samlProviders.count + oidcProviders.count),
            ("AccountMFAEnabled", devices(of: id).isEmpty ? 0 : 1),
            ("AccessKeysPerUserQuota", IAMLimit.accessKeys.most),
            ("AssumeRolePolicySizeQuota", IAMLimit.trustSize.most), ("PolicyVersionsInUseQuota", 10_000),
            ("GlobalEndpointTokenVersion", Int(globalTokenVersion)), ("VersionsPerPolicyQuota", IAMLimit.versions),
            ("AttachedPoliciesPerGroupQuota", IAMLimit.attached(to: "Group").most),
            ("PolicySizeQuota", IAMLimit.policySize.most), ("Groups", groups.count),
            ("AccountSigningCertificatesPresent", root.certificates.isEmpty ? 0 : 1),
            ("UsersQuota", IAMLimit.users.most), ("ServerCertificatesQuota", IAMLimit.serverCertificates.most),
            ("MFADevices", mfaDevices.count), ("UserPolicySizeQuota", PolicyKind.Limit.userInlinePolicies),
            ("PolicyVersionsInUse", versions), ("ServerCertificates", serverCertificates.count),
            ("Roles", roles.count), ("RolesQuota", IAMLimit.roles.most),
            ("SigningCertificatesPerUserQuota", IAMLimit.signingCertificates.most),
            ("MFADevicesInUse", mfaDevices.values.count { $0.owner != nil }),
            ("RolePolicySizeQuota", PolicyKind.Limit.roleInlinePolicies),
            ("AttachedPoliciesPerRoleQuota", IAMLimit.attached(to: "Role").most),
            ("AccountAccessKeysPresent", root.keys.isEmpty ? 0 : 1), ("AccountPasswordPresent", 1),
            ("GroupsQuota", IAMLimit.groups.most),
        ]
    }

    /// One page of all users, groups, roles and policies, in this order.
    fileprivate func details(_ call: FakeCall) throws(WireError) -> Fields {
        let filter = Set(call.members.texts("Filter"))
        func wants(_ kind: String) -> Bool { filter.isEmpty || filter.contains(kind) }
        let counts = attachments
        var all: [(list: String, name: String, value: Value)] = []
        func add<N: IAMNoun>(_ list: String, _ nouns: [N], _ show: (N) -> Fields) {
            for noun in nouns.sorted(by: { $0.entity.name < $1.entity.name }) {
                all.append((list, "\(list)/\(noun.entity.id)", .structure(show(noun))))
            }
        }
        if wants("User") { add("UserDetailList", Array(users.values)) { detail($0) } }
        if wants("Group") { add("GroupDetailList", Array(groups.values)) { detail($0) } }
        if wants("Role") { add("RoleDetailList", Array(roles.values)) { detail($0) } }
        if wants("LocalManagedPolicy") { add("Policies", Array(policies.values)) { detail($0, counts) } }
        if wants("AWSManagedPolicy") {
            let used = ManagedPolicy.ofAWS.values.filter { counts.attached[$0.arn] != nil }
            add("Policies", used) { detail($0, counts) }
        }
        let (shown, marker) = try call.slice(all.map(\.name))
        var output: Fields = ["IsTruncated": .bool(marker != nil)]
        for list in ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] {
            output[list] = .list(all[shown].filter { $0.list == list }.map(\.value))
        }
        if let marker { output["Marker"] = .string(marker) }
        return output
    }

    private func detail(_ user: IAMUser) -> Fields {
        var fields = shown(user)
        let names = groups.values.filter { $0.members.contains(user.entity.id) }.map(\.entity.name).sorted()
        fields["GroupList"] = .list(names.map { .string($0) })
        show(user.permissions, as: "UserPolicyList", in: &fields)
        return fields
    }

    private func detail(_ group: IAMGroup) -> Fields {
        var fields = group.listed(in: self)
        show(group.permissions, as: "GroupPolicyList", in: &fields)
        return fields
    }

    private func detail(_ role: IAMRole) -> Fields {
        var fields = shown(role)
        fields["MaxSessionDuration"] = nil
        fields["Description"] = nil
        let key = IAMRole.key(role.entity.name)
        let profiles = instanceProfiles.values.filter { $0.role == key }
        fields["InstanceProfileList"] = .list(profiles.map { .structure($0.listed(in: self)) })
        show(role.permissions, as: "RolePolicyList", in: &fields)
        return fields
    }

    private func detail(_ policy: ManagedPolicy, _ counts: Attachments) -> Fields {
        var fields = shown(policy, counts)
        fields["Tags"] = nil
        fields["PolicyVersionList"] = .list(
            policy.versions.reversed().map { .structure(policy.shown($0, document: true)) })
        return fields
    }

    private func show(_ permissions: HeldPolicies, as list: String, in fields: inout Fields) {
        fields[list] = .list(
            permissions.inline.map {
                ["PolicyName": .string($0.name), "PolicyDocument": IAMPolicyText.shown($0.value.string ?? "")]
            })
        fields["AttachedManagedPolicies"] = .list(permissions.attached.compactMap { policy($0)?.named })
    }
}
