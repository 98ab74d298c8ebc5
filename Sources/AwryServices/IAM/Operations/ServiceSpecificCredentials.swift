// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    /// Services that have credentials of their own, and whether those are API keys ("CreateServiceSpecificCredential"
    /// of the IAM API Reference).
    fileprivate static let credentialServices: [String: Bool] = [
        "codecommit.amazonaws.com": false, "cassandra.amazonaws.com": false, "bedrock.amazonaws.com": true,
        "logs.amazonaws.com": true,
    ]

    static var createServiceSpecificCredential: Handler? {
        on { (account, call) throws(WireError) in try account.createCredential(call) }
    }
    static var listServiceSpecificCredentials: Handler? {
        on { (account, call) throws(WireError) in
            let service = call.members.optionalText("ServiceName")
            if let service, IAM.credentialServices[service] == nil { throw call.unsupported(service) }
            let users =
                call.members["AllUsers"]?.bool == true
                ? account.users.values.sorted { $0.entity.name < $1.entity.name } : [try account.user(of: call)]
            let found = users.flatMap { user in
                user.serviceCredentials.filter { service == nil || $0.service == service }.map {
                    (name: $0.id, value: Value.structure($0.shown(account.shownName(user), secret: false)))
                }
            }
            return try call.page(ordered: found, as: "ServiceSpecificCredentials")
        }
    }
    static var updateServiceSpecificCredential: Handler? {
        on { (account, call) throws(WireError) in
            try account.changeUser(of: call) { (user) throws(WireError) in
                user.serviceCredentials[try user.credentialIndex(call)].status = call.members.text("Status")
                return [:]
            }
        }
    }
    static var resetServiceSpecificCredential: Handler? {
        on { (account, call) throws(WireError) in
            let password = account.secret()
            let user = try account.user(of: call)
            return try account.changeUser(of: call) { (changed) throws(WireError) in
                let index = try changed.credentialIndex(call)
                changed.serviceCredentials[index].password = password
                let fields = changed.serviceCredentials[index].shown(user.entity.name, secret: true)
                return ["ServiceSpecificCredential": .structure(fields)]
            }
        }
    }
    static var deleteServiceSpecificCredential: Handler? {
        on { (account, call) throws(WireError) in
            try account.changeUser(of: call) { (user) throws(WireError) in
                user.serviceCredentials.remove(at: try user.credentialIndex(call))
                return [:]
            }
        }
    }
}

extension IAMAccount {
    fileprivate mutating func createCredential(_ call: FakeCall) throws(WireError) -> Fields {
        let user = try find(IAMUser.self, call)
        let service = call.members.text("ServiceName")
        guard let isAPIKey = IAM.credentialServices[service] else { throw call.unsupported(service) }
        try IAMLimit.serviceCredentials.check(user.serviceCredentials.count { $0.service == service }, call)
        let id = uniqueID("ACCA")
        let age = isAPIKey ? call.members.integer("CredentialAgeDays") : nil
        let name = isAPIKey ? "\(user.entity.name)-\(id.suffix(4).lowercased())" : "\(user.entity.name)-at-\(self.id)"
        let found = ServiceCredential(
            id: id, service: service, userName: name, password: secret(), created: call.now,
            expires: age.map { call.now + .seconds($0 * 86_400) }, isAPIKey: isAPIKey)
        try change(IAMUser.self, call) { (user) throws(WireError) in user.serviceCredentials.append(found) }
        return ["ServiceSpecificCredential": .structure(found.shown(user.entity.name, secret: true))]
    }
}

extension IAMUser {
    fileprivate func credentialIndex(_ call: FakeCall) throws(WireError) -> Int {
        let id = call.members.text("ServiceSpecificCredentialId")
        guard let index = serviceCredentials.firstIndex(where: { $0.id == id }) else {
            throw call.error("NoSuchEntity", "No such credential \(id) exists")
        }
        return index
    }
}

extension FakeCall {
    fileprivate func unsupported(_ service: String) -> WireError {
        error("NotSupportedService", "No such service \(service) is supported for Service Specific Credentials")
    }
}

extension ServiceCredential {
    fileprivate func shown(_ user: String, secret: Bool) -> Fields {
        var fields: Fields = [
            "CreateDate": .timestamp(created), "ServiceName": .string(service),
            isAPIKey ? "ServiceCredentialAlias" : "ServiceUserName": .string(userName),
            "ServiceSpecificCredentialId": .string(id), "UserName": .string(user), "Status": .string(status),
        ]
        if let expires { fields["ExpirationDate"] = .timestamp(expires) }
        if secret { fields[isAPIKey ? "ServiceCredentialSecret" : "ServicePassword"] = .string(password) }
        return fields
    }
}
