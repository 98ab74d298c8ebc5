// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension UserPool {
    /// A user whom the trigger for users that are elsewhere brings over ("Migrate user Lambda trigger"); nil where the
    /// pool has none or it knows none. He signs in with this password, or has forgotten his.
    mutating func migrated(
        _ name: String, _ password: String?, _ source: String, _ client: UserPoolClient, _ call: FakeCall
    ) throws(WireError) -> PoolUser? {
        var request: Fields = ["validationData": [:], "clientMetadata": call.clientMetadata]
        if let password { request["password"] = .string(password) }
        let event = try trigger(
            "UserMigration", as: "UserMigration_\(source)", nil, client, call, request: request,
            response: ["userAttributes": .null, "finalUserStatus": .null, "messageAction": .null])
        guard let response = event?["response"]?.fields, let given = response["userAttributes"]?.fields,
            !given.isEmpty
        else { return nil }
        let listed = Value.list(given.map { ["Name": .string($0.name), "Value": $0.value] })
        var attributes = try UserAttributeList(listed, call)
        attributes.values["username"] = nil
        let isFinal = response["finalUserStatus"]?.string != "RESET_REQUIRED"
        var user = try newUser(name, &attributes, isFinal ? .confirmed : .resetRequired, call)
        if let password {
            user.password = PoolPassword(password, of: user.username, in: self, salt: identifiers.bytes(16))
        }
        return user
    }
}
