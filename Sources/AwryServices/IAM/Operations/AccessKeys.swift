// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createAccessKey: Handler? { on { (account, call) throws(WireError) in try account.createKey(call) } }
    static var deleteAccessKey: Handler? {
        on { (account, call) throws(WireError) in
            let id = call.members.text("AccessKeyId")
            _ = try account.changeUser(of: call) { (user) throws(WireError) in
                user.keys.remove(at: try user.keyIndex(call))
            }
            account.keyHolders[id] = nil
            return [:]
        }
    }
    static var updateAccessKey: Handler? {
        on { (account, call) throws(WireError) in
            let status = call.members.text("Status")
            guard status != "Expired" else {
                throw call.error("InvalidInput", "The status of an access key is Active or Inactive.")
            }
            return try account.changeUser(of: call) { (user) throws(WireError) in
                user.keys[try user.keyIndex(call)].isActive = status == "Active"
                return [:]
            }
        }
    }
    static var listAccessKeys: Handler? {
        on { (account, call) throws(WireError) in
            let user = try account.user(of: call)
            let keys = user.keys.map { key in
                (
                    name: key.id,
                    value: Value.structure([
                        "UserName": .string(account.shownName(user)), "AccessKeyId": .string(key.id),
                        "Status": key.status, "CreateDate": .timestamp(key.created),
                    ])
                )
            }
            return try call.page(ordered: keys, as: "AccessKeyMetadata")
        }
    }
    static var getAccessKeyLastUsed: Handler? {
        { (state, call) throws(WireError) in
            let id = call.members.text("AccessKeyId")
            // A key says whose account it is of; who asks for another's is told no more than of one that is not.
            guard AccessKeyID.account(of: id) == call.place.account,
                let user = state[call.place.account].owner(ofKey: id), let key = user.keys.first(where: { $0.id == id })
            else {
                throw call.error("NoSuchEntity", "The Access Key with id \(id) cannot be found.")
            }
            var used: Fields = ["ServiceName": "N/A", "Region": "N/A"]
            if let (at, region, service) = key.lastUse {
                used = ["LastUsedDate": .timestamp(at), "ServiceName": .string(service), "Region": .string(region)]
            }
            return .output([
                "UserName": .string(state[call.place.account].shownName(user)), "AccessKeyLastUsed": .structure(used),
            ])
        }
    }
}

extension IAMAccount {
    fileprivate mutating func createKey(_ call: FakeCall) throws(WireError) -> Fields {
        let user = try user(of: call)
        try IAMLimit.accessKeys.check(user.keys.count, call)
        let key = AccessKey(id: keyID("AKIA"), secret: secret(), created: call.now)
        try changeUser(of: call) { (user) throws(WireError) in user.keys.append(key) }
        keyHolders[key.id] = user.entity.id
        return [
            "AccessKey": [
                "UserName": .string(shownName(user)), "AccessKeyId": .string(key.id), "Status": key.status,
                "SecretAccessKey": .string(key.secret), "CreateDate": .timestamp(key.created),
            ]
        ]
    }

    /// A user's name; root's is the account's.
    func shownName(_ user: IAMUser) -> String {
        user.entity.id == id ? alias ?? id : user.entity.name
    }
}

extension IAMUser {
    /// Where the key stands that a call names.
    fileprivate func keyIndex(_ call: FakeCall) throws(WireError) -> Int {
        let id = call.members.text("AccessKeyId")
        guard let index = keys.firstIndex(where: { $0.id == id }) else {
            throw call.error("NoSuchEntity", "The Access Key with id \(id) cannot be found.")
        }
        return index
    }
}
