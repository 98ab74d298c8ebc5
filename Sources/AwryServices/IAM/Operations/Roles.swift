// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryPolicy

extension IAM {
    static var createRole: Handler? { on { (account, call) throws(WireError) in try account.createRole(call) } }
    static var getRole: Handler? {
        on { (account, call) throws(WireError) in
            ["Role": .structure(account.shown(try account.find(IAMRole.self, call)))]
        }
    }
    static var listRoles: Handler? { on { (account, call) throws(WireError) in try account.list(IAMRole.self, call) } }
    static var updateRole: Handler? { on { (account, call) throws(WireError) in try account.updateRole(call) } }
    static var updateRoleDescription: Handler? {
        on { (account, call) throws(WireError) in
            let role = try account.changeRole(call) { (role) throws(WireError) in
                role.description = call.members.text("Description")
                return role
            }
            return ["Role": .structure(account.shown(role))]
        }
    }
    static var updateAssumeRolePolicy: Handler? {
        on { (account, call) throws(WireError) in
            let trust = call.members.text("PolicyDocument")
            _ = try account.find(IAMRole.self, call)
            try account.checkTrust(trust, call)
            return try account.changeRole(call) { (role) throws(WireError) in
                role.trustChanged = (call.now, role.trust)
                role.trust = trust
                return [:]
            }
        }
    }
    static var deleteRole: Handler? { on { (account, call) throws(WireError) in try account.deleteRole(call) } }
}

extension IAMAccount {
    fileprivate mutating func createRole(_ call: FakeCall) throws(WireError) -> Fields {
        let entity = try entity(IAMRole.self, call, id: "AROA", limit: .roles) {
            "Role with name \($0) already exists."
        }
        guard !entity.path.hasPrefix("/aws-service-role/") else {
            throw call.error(
                "AccessDenied",
                "User: \(call.principal.arn) is not authorized to perform: iam:CreateRole on resource: "
                    + "arn:aws:iam::\(id):role\(entity.path)\(entity.name)")
        }
        let trust = call.members.text("AssumeRolePolicyDocument")
        try checkTrust(trust, call)
        var role = IAMRole(entity, trust: trust)
        role.description = call.members.optionalText("Description")
        role.longestSession = call.members.integer("MaxSessionDuration") ?? IAMRole.defaultSession
        role.permissions.boundary = try boundary(call)
        roles[IAMRole.key(entity.name)] = role
        var fields = shown(role)
        fields["RoleLastUsed"] = nil
        return ["Role": .structure(fields)]
    }

    /// Refuses a trust policy that is none, that is too long, or that names who is not there.
    func checkTrust(_ trust: String, _ call: FakeCall) throws(WireError) {
        try IAMPolicyText.check(trust, as: .trust, call)
        try IAMLimit.trustSize.check(length: PolicyKind.length(of: trust), call)
        for named in IAMPolicyText.principals(trust) {
            guard let missing = unknownPrincipal(named) else { continue }
            throw call.error("MalformedPolicyDocument", "Invalid principal in policy: \"AWS\":\"\(missing)\"")
        }
    }

    /// A user or a role of this account that a trust policy names and that is not there.
    private func unknownPrincipal(_ named: String) -> String? {
        guard let arn = ARN(named), arn.service == "iam", arn.account == id, let name = arn.name else { return nil }
        let isKnown: Bool
        if arn.resource.hasPrefix("user/") {
            isKnown = users[IAMUser.key(String(name))].map { $0.arn(in: id) == named } ?? false
        } else if arn.resource.hasPrefix("role/") {
            isKnown = roles[IAMRole.key(String(name))].map { $0.arn(in: id) == named } ?? false
        } else {
            isKnown = true
        }
        return isKnown ? nil : named
    }

    /// Works on a role that is no service's own.
    mutating func changeRole<Result>(
        _ call: FakeCall, _ work: (inout IAMRole) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        try refuseProtected(try find(IAMRole.self, call), call)
        return try change(IAMRole.self, call, work)
    }

    /// Refuses to touch a service's own role.
    func refuseProtected(_ role: IAMRole, _ call: FakeCall) throws(WireError) {
        guard let service = role.service else { return }
        throw call.error(
            "UnmodifiableEntity",
            "Cannot perform the operation on the protected role '\(role.entity.name)' - this role is only modifiable "
                + "by AWS (\(service))")
    }

    fileprivate mutating func updateRole(_ call: FakeCall) throws(WireError) -> Fields {
        try changeRole(call) { (role) throws(WireError) in
            if let text = call.members.optionalText("Description") { role.description = text }
            if let seconds = call.members.integer("MaxSessionDuration") { role.longestSession = seconds }
            return [:]
        }
    }

    fileprivate mutating func deleteRole(_ call: FakeCall) throws(WireError) -> Fields {
        let role = try find(IAMRole.self, call)
        try refuseProtected(role, call)
        let key = IAMRole.key(role.entity.name)
        try refuse(
            [
                (
                    instanceProfiles.values.contains { $0.role == key },
                    "must remove roles from instance profile first"
                ),
                (!role.permissions.attached.isEmpty, "must detach all policies first"),
                (!role.permissions.inline.isEmpty, "must delete policies first"),
            ], call)
        roles[key] = nil
        return [:]
    }

    /// A role as outputs show it.
    func shown(_ role: IAMRole) -> Fields {
        var fields = role.listed(in: self)
        show(role.permissions.boundary, role.entity.tags, in: &fields)
        fields["RoleLastUsed"] = lastUsed(role)
        return fields
    }

    /// When a role was last used.
    func lastUsed(_ role: IAMRole) -> Value {
        guard let (at, region) = role.lastUsed else { return [:] }
        return ["LastUsedDate": .timestamp(at), "Region": .string(region)]
    }
}

extension IAMRole: ListedNoun {
    static let list = "Roles"

    func listed(in account: IAMAccount) -> Fields {
        var fields: Fields = [
            "Path": .string(entity.path), "RoleName": .string(entity.name), "RoleId": .string(entity.id),
            "Arn": .string(arn(in: account.id)), "CreateDate": .timestamp(entity.created),
            "AssumeRolePolicyDocument": IAMPolicyText.shown(trust), "MaxSessionDuration": .integer(longestSession),
        ]
        if let description { fields["Description"] = .string(description) }
        return fields
    }
}
