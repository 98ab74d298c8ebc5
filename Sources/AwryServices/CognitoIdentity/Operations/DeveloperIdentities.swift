// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Users whom the developer vouches for himself.
extension CognitoIdentity {
    static var lookupDeveloperIdentity: Handler? { lookup }
    static var mergeDeveloperIdentities: Handler? { merge }
    static var unlinkDeveloperIdentity: Handler? { unlinkUser }

    private static func lookup(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let named = call.members.optionalText("IdentityId")
            let user = call.members.optionalText("DeveloperUserIdentifier")
            guard named != nil || user != nil else {
                throw call.wrong("Either IdentityId or DeveloperUserIdentifier must be given.")
            }
            let login = try pool.developerLogin(user ?? "", nil, call)
            if let named, pool.identities[named] == nil { throw call.noIdentity(named) }
            if user != nil, pool.owners[login] == nil { throw call.noDeveloperUser(login.user) }
            if let named, user != nil, pool.owners[login] != named { throw call.linkedElsewhere() }
            let id = named ?? pool.owners[login] ?? ""
            // Who is asked for comes first.
            var users = pool.identities[id]?.users(of: login.provider) ?? []
            if let user { users = [user] + users.filter { $0 != user } }
            let page = try PoolPage(users, by: \.self, call, limit: "MaxResults", token: "NextToken")
            let output: Fields = [
                "IdentityId": .string(id),
                "DeveloperUserIdentifierList": .list(page.elements.map { .string($0) }),
            ]
            return .output(page.output(output, token: "NextToken"))
        }
    }

    private static func merge(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let provider = call.members.text("DeveloperProviderName")
            var ids: [String] = []
            for member in ["SourceUserIdentifier", "DestinationUserIdentifier"] {
                let login = try pool.developerLogin(call.members.text(member), provider, call)
                guard let id = pool.owners[login] else { throw call.noDeveloperUser(login.user) }
                ids.append(id)
            }
            if ids[0] != ids[1] {
                try pool.check(pool.identities[ids[0]]?.logins ?? [], joining: ids[1], call)
                pool.merge(ids[0], into: ids[1], call)
            }
            return .output(["IdentityId": .string(ids[1])])
        }
    }

    private static func unlinkUser(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let id = call.members.text("IdentityId")
            let user = call.members.text("DeveloperUserIdentifier")
            let login = try pool.developerLogin(user, call.members.text("DeveloperProviderName"), call)
            guard pool.identities[id] != nil else { throw call.noIdentity(id) }
            guard let owner = pool.owners[login] else { throw call.noDeveloperUser(user) }
            guard owner == id else { throw call.linkedElsewhere() }
            pool.unlink([login], from: id, call)
            return .output([:])
        }
    }
}

extension FakeCall {
    fileprivate func noDeveloperUser(_ user: String) -> WireError {
        error("ResourceNotFoundException", "Developer user identifier '\(user)' not found.")
    }
}
