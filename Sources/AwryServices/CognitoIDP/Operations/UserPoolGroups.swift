// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIDP {
    static var createGroup: Handler? { create }
    static var getGroup: Handler? { show }
    static var updateGroup: Handler? { update }
    static var deleteGroup: Handler? { delete }
    static var listGroups: Handler? { list }
    static var adminAddUserToGroup: Handler? { addUser }
    static var adminRemoveUserFromGroup: Handler? { removeUser }
    static var adminListGroupsForUser: Handler? { listOfUser }
    static var listUsersInGroup: Handler? { listMembers }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let name = call.members.text("GroupName")
            if pool.groups[name] != nil {
                throw call.error("GroupExistsException", "A group with the name already exists.")
            }
            try PoolQuota.groups.check(pool.groups.count, call)
            var group = UserGroup(name: name, createdAt: call.now, modifiedAt: call.now)
            group.take(call)
            pool.groups[name] = group
            return .output(["Group": group.described(in: pool)])
        }
    }

    private static func show(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onGroup(call) { (pool, group) throws(WireError) in .output(["Group": group.described(in: pool)]) }
    }

    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onGroup(call) { (pool, group) throws(WireError) in
            group.take(call)
            group.modifiedAt = call.now
            return .output(["Group": group.described(in: pool)])
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let name = call.members.text("GroupName")
            guard pool.groups[name] != nil else { throw call.noGroup() }
            pool.groups[name] = nil
            return .output([:])
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let page = try PoolPage(pool.groups.values, by: \.name, call, limit: "Limit", token: "NextToken")
            let shown = page.elements.map { $0.described(in: pool) }
            return .output(page.output(["Groups": .list(shown)], token: "NextToken"))
        }
    }

    private static func addUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.onUser(call) { (_, user) throws(WireError) in user.key }
        return try state.onGroup(call) { (pool, group) throws(WireError) in
            if group.members.contains(key) { return .output([:]) }
            let count = pool.groups.values.filter { $0.members.contains(key) }.count
            try PoolQuota.groupsOfUser.check(count, call)
            group.members.append(key)
            return .output([:])
        }
    }

    private static func removeUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.onUser(call) { (_, user) throws(WireError) in user.key }
        return try state.onGroup(call) { (_, group) throws(WireError) in
            group.members.removeAll { $0 == key }
            return .output([:])
        }
    }

    private static func listOfUser(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let key = try state.onUser(call) { (_, user) throws(WireError) in user.key }
        return try state.onPool(call) { (pool) throws(WireError) in
            let his = pool.groups.values.filter { $0.members.contains(key) }
            let page = try PoolPage(his, by: \.name, call, limit: "Limit", token: "NextToken")
            let shown = page.elements.map { $0.described(in: pool) }
            return .output(page.output(["Groups": .list(shown)], token: "NextToken"))
        }
    }

    private static func listMembers(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onGroup(call) { (pool, group) throws(WireError) in
            let page = try PoolPage(group.members, by: { $0 }, call, limit: "Limit", token: "NextToken")
            let shown = page.elements.compactMap { pool.users[$0]?.described() }
            return .output(page.output(["Users": .list(shown)], token: "NextToken"))
        }
    }

    private mutating func onGroup<Result>(
        _ call: FakeCall, _ work: (UserPool, inout UserGroup) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        try onPool(call) { (pool) throws(WireError) in
            guard var group = pool.groups[call.members.text("GroupName")] else { throw call.noGroup() }
            let result = try work(pool, &group)
            pool.groups[group.name] = group
            return result
        }
    }
}

extension UserGroup {
    /// Takes over what a call says of a group, and leaves what it does not name.
    fileprivate mutating func take(_ call: FakeCall) {
        description = call.members.optionalText("Description") ?? description
        role = call.members.optionalText("RoleArn") ?? role
        precedence = call.members.integer("Precedence") ?? precedence
    }
}
