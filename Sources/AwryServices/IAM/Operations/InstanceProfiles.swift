// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createInstanceProfile: Handler? {
        on { (account, call) throws(WireError) in
            let entity = try account.entity(InstanceProfile.self, call, id: "AIPA", limit: .instanceProfiles) {
                "Instance Profile \($0) already exists."
            }
            let profile = InstanceProfile(entity: entity)
            account.instanceProfiles[InstanceProfile.key(entity.name)] = profile
            return ["InstanceProfile": .structure(profile.shown(in: account))]
        }
    }
    static var getInstanceProfile: Handler? {
        on { (account, call) throws(WireError) in
            let profile = try account.find(InstanceProfile.self, call)
            return ["InstanceProfile": .structure(profile.shown(in: account))]
        }
    }
    static var listInstanceProfiles: Handler? {
        on { (account, call) throws(WireError) in try account.list(InstanceProfile.self, call) }
    }
    static var listInstanceProfilesForRole: Handler? {
        on { (account, call) throws(WireError) in
            let role = try account.key(IAMRole.self, call)
            let profiles = account.instanceProfiles.values.filter { $0.role == role }
            return try call.page(
                profiles.map { (name: $0.entity.name, value: .structure($0.listed(in: account))) },
                as: InstanceProfile.list)
        }
    }
    static var addRoleToInstanceProfile: Handler? {
        on { (account, call) throws(WireError) in
            _ = try account.key(InstanceProfile.self, call)
            let role = try account.find(IAMRole.self, call)
            try account.refuseProtected(role, call)
            return try account.change(InstanceProfile.self, call) { (profile) throws(WireError) in
                if profile.role != nil { try IAMLimit.roleInProfile.check(1, call) }
                profile.role = IAMRole.key(role.entity.name)
                return [:]
            }
        }
    }
    static var removeRoleFromInstanceProfile: Handler? {
        on { (account, call) throws(WireError) in
            let name = call.members.text("RoleName")
            return try account.change(InstanceProfile.self, call) { (profile) throws(WireError) in
                guard profile.role == IAMRole.key(name) else {
                    throw call.error("NoSuchEntity", IAMRole.missing(name))
                }
                profile.role = nil
                return [:]
            }
        }
    }
    static var deleteInstanceProfile: Handler? {
        on { (account, call) throws(WireError) in
            let profile = try account.find(InstanceProfile.self, call)
            try account.refuse([(profile.role != nil, "must remove roles from instance profile first")], call)
            account.instanceProfiles[InstanceProfile.key(profile.entity.name)] = nil
            return [:]
        }
    }
}

extension InstanceProfile: ListedNoun {
    static let list = "InstanceProfiles"

    func shown(in account: IAMAccount) -> Fields {
        var fields = listed(in: account)
        if !entity.tags.isEmpty { fields["Tags"] = .tags(entity.tags) }
        return fields
    }

    func listed(in account: IAMAccount) -> Fields {
        let roles = role.flatMap { account.roles[$0] }.map { [Value.structure($0.listed(in: account))] } ?? []
        return [
            "Path": .string(entity.path), "InstanceProfileName": .string(entity.name),
            "InstanceProfileId": .string(entity.id), "Arn": .string(arn(in: account.id)),
            "CreateDate": .timestamp(entity.created), "Roles": .list(roles),
        ]
    }
}
