// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createUser: Handler? { on { (account, call) throws(WireError) in try account.createUser(call) } }
    static var getUser: Handler? { on { (account, call) throws(WireError) in try account.getUser(call) } }
    static var listUsers: Handler? { on { (account, call) throws(WireError) in try account.list(IAMUser.self, call) } }
    static var updateUser: Handler? { on { (account, call) throws(WireError) in try account.updateUser(call) } }
    static var deleteUser: Handler? { on { (account, call) throws(WireError) in try account.deleteUser(call) } }
}

extension IAMAccount {
    fileprivate mutating func createUser(_ call: FakeCall) throws(WireError) -> Fields {
        var user = IAMUser(
            try entity(IAMUser.self, call, id: "AIDA", limit: .users) { "User with name \($0) already exists." })
        user.permissions.boundary = try boundary(call)
        users[IAMUser.key(user.entity.name)] = user
        userKeys[user.entity.id] = IAMUser.key(user.entity.name)
        return ["User": .structure(shown(user))]
    }

    fileprivate func getUser(_ call: FakeCall) throws(WireError) -> Fields {
        ["User": .structure(shown(try user(of: call)))]
    }

    fileprivate mutating func updateUser(_ call: FakeCall) throws(WireError) -> Fields {
        var user = try find(IAMUser.self, call)
        let old = IAMUser.key(user.entity.name)
        try rename(&user, call) { "User with name \($0) already exists." }
        users[old] = nil
        users[IAMUser.key(user.entity.name)] = user
        userKeys[user.entity.id] = IAMUser.key(user.entity.name)
        return [:]
    }

    fileprivate mutating func deleteUser(_ call: FakeCall) throws(WireError) -> Fields {
        let user = try find(IAMUser.self, call)
        let id = user.entity.id
        let obstacles: [(Bool, String)] = [
            (groups.values.contains { $0.members.contains(id) }, "must remove user from group first"),
            (user.login != nil, "must delete login profile first"),
            (!user.permissions.attached.isEmpty, "must detach all policies first"),
            (!user.permissions.inline.isEmpty, "must delete policies first"),
            (!user.keys.isEmpty, "must delete access keys first"),
            (!devices(of: id).isEmpty, "must delete MFA device first"),
            (!user.certificates.isEmpty, "must delete signing certificate first"),
            (!user.sshKeys.isEmpty, "must delete SSH public keys first"),
            (!user.serviceCredentials.isEmpty, "must delete service specific credentials first"),
        ]
        try refuse(obstacles, call)
        users[IAMUser.key(user.entity.name)] = nil
        userKeys[id] = nil
        return [:]
    }
}

extension IAMAccount {
    /// A user as outputs show it; root's name is the account's alias.
    func shown(_ user: IAMUser, tags: Bool = true) -> Fields {
        let isRoot = user.entity.id == id
        var fields: Fields = [
            "Path": .string(user.entity.path), "UserName": .string(isRoot ? alias ?? id : user.entity.name),
            "UserId": .string(user.entity.id), "Arn": .string(principal(of: user).arn),
            "CreateDate": .timestamp(user.entity.created),
        ]
        show(user.permissions.boundary, tags ? user.entity.tags : [:], in: &fields)
        return fields
    }

    /// What users and roles show beside the rest.
    func show(_ boundary: String?, _ tags: Fields, in fields: inout Fields) {
        if let boundary {
            fields["PermissionsBoundary"] = [
                "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": .string(boundary),
            ]
        }
        if !tags.isEmpty { fields["Tags"] = .tags(tags) }
    }

    /// The user that a call names, or the caller itself where it names none.
    func user(of call: FakeCall) throws(WireError) -> IAMUser {
        if call.members.optionalText("UserName") != nil { return try find(IAMUser.self, call) }
        switch call.principal.kind {
        case .root: return root
        case .user:
            guard let user = user(id: call.principal.userID) else {
                throw call.error("NoSuchEntity", IAMUser.missing(call.principal.userName ?? ""))
            }
            return user
        case .assumedRole, .federatedUser, .service:
            throw call.error("ValidationError", "Must specify userName when calling with non-User credentials")
        }
    }

    /// Works on that user. Of work that throws nothing stays.
    mutating func changeUser<Result>(
        of call: FakeCall, _ work: (inout IAMUser) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        var user = try user(of: call)
        let result = try work(&user)
        keep(user)
        return result
    }

    /// Puts a changed user back.
    mutating func keep(_ user: IAMUser) {
        if user.entity.id == id { root = user } else { users[IAMUser.key(user.entity.name)] = user }
    }

    /// Takes a new path and a new name, if a call gives them.
    func rename<N: IAMNoun>(
        _ noun: inout N, _ call: FakeCall, exists: (String) -> String
    ) throws(WireError) {
        if let name = call.members.optionalText("New\(N.member)") {
            let isTaken = self[keyPath: N.store][N.key(name)] != nil
            if isTaken, N.key(name) != N.key(noun.entity.name) {
                throw call.error("EntityAlreadyExists", exists(name))
            }
            noun.entity.name = name
        }
        if let path = call.members.optionalText("NewPath") { noun.entity.path = path }
    }

    /// Refuses a deletion where anything stands in its way.
    func refuse(_ obstacles: [(Bool, String)], _ call: FakeCall) throws(WireError) {
        if let first = obstacles.first(where: \.0) {
            throw call.error("DeleteConflict", "Cannot delete entity, \(first.1).")
        }
    }

    /// A listing of entities below the call's `PathPrefix`. Listings show neither tags nor boundaries.
    func list<N: ListedNoun>(_: N.Type, _ call: FakeCall) throws(WireError) -> Fields {
        let prefix = call.members.optionalText("PathPrefix") ?? "/"
        let found = self[keyPath: N.store].values.filter { $0.entity.path.hasPrefix(prefix) }
        return try call.page(
            found.map { (name: $0.entity.name, value: .structure($0.listed(in: self))) }, as: N.list)
    }
}

/// What has a listing of its own.
protocol ListedNoun: IAMNoun {
    /// The listing's member.
    static var list: String { get }
    func listed(in account: IAMAccount) -> Fields
}

extension IAMUser: ListedNoun {
    static let list = "Users"

    func listed(in account: IAMAccount) -> Fields {
        var fields = account.shown(self, tags: false)
        fields["PermissionsBoundary"] = nil
        return fields
    }
}
