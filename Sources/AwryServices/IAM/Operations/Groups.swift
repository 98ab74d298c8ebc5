// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createGroup: Handler? { on { (account, call) throws(WireError) in try account.createGroup(call) } }
    static var getGroup: Handler? { on { (account, call) throws(WireError) in try account.getGroup(call) } }
    static var listGroups: Handler? {
        on { (account, call) throws(WireError) in try account.list(IAMGroup.self, call) }
    }
    static var updateGroup: Handler? { on { (account, call) throws(WireError) in try account.updateGroup(call) } }
    static var deleteGroup: Handler? { on { (account, call) throws(WireError) in try account.deleteGroup(call) } }
    static var addUserToGroup: Handler? { on { (account, call) throws(WireError) in try account.addUser(call) } }
    static var removeUserFromGroup: Handler? {
        on { (account, call) throws(WireError) in try account.removeUser(call) }
    }
    static var listGroupsForUser: Handler? {
        on { (account, call) throws(WireError) in
            let id = try account.find(IAMUser.self, call).entity.id
            let groups = account.groups.values.filter { $0.members.contains(id) }
            return try call.page(
                groups.map { (name: $0.entity.name, value: .structure($0.listed(in: account))) }, as: "Groups")
        }
    }
}

extension IAMAccount {
    fileprivate mutating func createGroup(_ call: FakeCall) throws(WireError) -> Fields {
        let group = IAMGroup(
            try entity(IAMGroup.self, call, id: "AGPA", limit: .groups) { "Group with name \($0) already exists." })
        groups[IAMGroup.key(group.entity.name)] = group
        return ["Group": .structure(group.listed(in: self))]
    }

    fileprivate func getGroup(_ call: FakeCall) throws(WireError) -> Fields {
        let group = try find(IAMGroup.self, call)
        let members = group.members.compactMap { user(id: $0) }
        var output = try call.page(
            members.map { (name: $0.entity.name, value: .structure($0.listed(in: self))) }, as: "Users")
        output["Group"] = .structure(group.listed(in: self))
        return output
    }

    fileprivate mutating func updateGroup(_ call: FakeCall) throws(WireError) -> Fields {
        var group = try find(IAMGroup.self, call)
        let old = IAMGroup.key(group.entity.name)
        try rename(&group, call) { "Group with name \($0) already exists." }
        groups[old] = nil
        groups[IAMGroup.key(group.entity.name)] = group
        return [:]
    }

    fileprivate mutating func deleteGroup(_ call: FakeCall) throws(WireError) -> Fields {
        let group = try find(IAMGroup.self, call)
        try refuse(
            [
                (!group.members.isEmpty, "must remove users from group first"),
                (!group.permissions.attached.isEmpty, "must detach all policies first"),
                (!group.permissions.inline.isEmpty, "must delete policies first"),
            ], call)
        groups[IAMGroup.key(group.entity.name)] = nil
        return [:]
    }

    fileprivate mutating func addUser(_ call: FakeCall) throws(WireError) -> Fields {
        let key = try key(IAMGroup.self, call)
        let id = try find(IAMUser.self, call).entity.id
        guard groups[key]?.members.contains(id) == false else { return [:] }
        try IAMLimit.groupsPerUser.check(groups.values.count { $0.members.contains(id) }, call)
        groups[key]?.members.insert(id)
        return [:]
    }

    fileprivate mutating func removeUser(_ call: FakeCall) throws(WireError) -> Fields {
        let key = try key(IAMGroup.self, call)
        let user = try find(IAMUser.self, call)
        guard groups[key]?.members.remove(user.entity.id) != nil else {
            throw call.error(
                "NoSuchEntity", "User \(user.entity.name) is not in group \(call.members.text("GroupName")).")
        }
        return [:]
    }
}

extension IAMGroup: ListedNoun {
    static let list = "Groups"

    func listed(in account: IAMAccount) -> Fields {
        [
            "Path": .string(entity.path), "GroupName": .string(entity.name), "GroupId": .string(entity.id),
            "Arn": .string(arn(in: account.id)), "CreateDate": .timestamp(entity.created),
        ]
    }
}
