// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension CognitoIDP {
    static var createUserPoolClient: Handler? { create }
    static var describeUserPoolClient: Handler? { describe }
    static var updateUserPoolClient: Handler? { update }
    static var deleteUserPoolClient: Handler? { delete }
    static var listUserPoolClients: Handler? { list }
    static var addUserPoolClientSecret: Handler? { addSecret }
    static var deleteUserPoolClientSecret: Handler? { deleteSecret }
    static var listUserPoolClientSecrets: Handler? { listSecrets }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let client = try state.onPool(call) { (pool) throws(WireError) in
            let settings = try pool.checkedSettings(call)
            try PoolQuota.clients.check(pool.clients.count, call)
            var client = UserPoolClient(
                id: pool.identifiers.letters(26, of: CognitoAlphabet.lowercase), createdAt: call.now,
                modifiedAt: call.now, secrets: [], settings: settings)
            if let own = call.members.optionalText("ClientSecret") {
                client.secrets = [pool.newSecret(own, of: client.id, call)]
            } else if call.members["GenerateSecret"]?.bool == true {
                client.secrets = [pool.newSecret(nil, of: client.id, call)]
            }
            pool.clients[client.id] = client
            return (client, pool.id, client.described(in: pool))
        }
        state.poolOfClient[client.0.id] = client.1
        return .output(["UserPoolClient": client.2])
    }

    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPoolClient(call) { (pool, client) throws(WireError) in
            .output(["UserPoolClient": client.described(in: pool)])
        }
    }

    /// What is not given goes back to its default.
    private static func update(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPoolClient(call) { (pool, client) throws(WireError) in
            let name = client.name
            client.settings = try pool.checkedSettings(call)
            client.settings.setDefault("ClientName", .string(name))
            client.modifiedAt = call.now
            return .output(["UserPoolClient": client.described(in: pool)])
        }
    }

    private static func delete(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        let id = try state.onPoolClient(call) { (_, client) throws(WireError) in client.id }
        state.poolOfClient[id] = nil
        try state.onPool(call) { (pool) throws(WireError) in pool.clients[id] = nil }
        return .output([:])
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let page = try PoolPage(pool.clients.values, by: \.id, call, limit: "MaxResults", token: "NextToken")
            let shown = page.elements.map { client -> Value in
                [
                    "ClientId": .string(client.id), "UserPoolId": .string(pool.id), "ClientName": .string(client.name),
                ]
            }
            return .output(page.output(["UserPoolClients": .list(shown)], token: "NextToken"))
        }
    }

    /// A client has two secrets at most, so that one can be replaced while the other serves.
    private static func addSecret(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPoolClient(call) { (pool, client) throws(WireError) in
            try PoolQuota.secrets.check(client.secrets.count, call)
            let secret = pool.newSecret(call.members.optionalText("ClientSecret"), of: client.id, call)
            client.secrets.append(secret)
            client.modifiedAt = call.now
            return .output(["ClientSecretDescriptor": secret.described(withValue: true)])
        }
    }

    private static func deleteSecret(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPoolClient(call) { (_, client) throws(WireError) in
            let id = call.members.text("ClientSecretId")
            guard client.secrets.contains(where: { $0.id == id }) else {
                throw call.error("ResourceNotFoundException", "Client secret \(id) does not exist.")
            }
            guard client.secrets.count > 1 else { throw call.wrong("A client's last secret cannot be deleted.") }
            client.secrets.removeAll { $0.id == id }
            return .output([:])
        }
    }

    private static func listSecrets(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPoolClient(call) { (_, client) throws(WireError) in
            .output(["ClientSecrets": .list(client.secrets.map { $0.described(withValue: false) })])
        }
    }

    /// Works on the client of the pool that a call names.
    private mutating func onPoolClient<Result>(
        _ call: FakeCall, _ work: (inout UserPool, inout UserPoolClient) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        try onPool(call) { (pool) throws(WireError) in
            let id = call.members.text("ClientId")
            guard var client = pool.clients[id] else { throw call.noClient(id) }
            let result = try work(&pool, &client)
            pool.clients[id] = client
            return result
        }
    }
}

extension UserPool {
    fileprivate mutating func newSecret(_ value: String?, of client: String, _ call: FakeCall) -> ClientSecret {
        ClientSecret(
            id: "\(client)--\(call.now.milliseconds)\(identifiers.letters(4, of: Array("0123456789".utf8)))",
            value: value ?? identifiers.letters(51, of: CognitoAlphabet.lowercase), createdAt: call.now)
    }

    /// The settings that a call gives a client, with AWS's defaults, if they go together.
    fileprivate func checkedSettings(_ call: FakeCall) throws(WireError) -> Fields {
        var settings = call.input
        for name in ["UserPoolId", "ClientId", "GenerateSecret", "ClientSecret"] { settings[name] = nil }
        settings.setDefault("RefreshTokenValidity", 30)
        settings.setDefault("EnableTokenRevocation", true)
        settings.setDefault("AllowedOAuthFlowsUserPoolClient", false)
        settings.setDefault("EnablePropagateAdditionalUserContextData", false)
        settings.setDefault("AuthSessionValidity", 3)
        let client = UserPoolClient(
            id: "", createdAt: call.now, modifiedAt: call.now, secrets: [], settings: settings)
        try checkFlows(client, call)
        try checkTokens(client, call)
        try checkPages(client, call)
        for list in ["ReadAttributes", "WriteAttributes"] {
            if let strange = client.settings.texts(list).first(where: { attribute($0) == nil }) {
                throw call.wrong(
                    "Invalid \(list.prefix { $0 != "A" }.lowercased()) attributes specified while creating a client: "
                        + strange
                )
            }
        }
        return settings
    }

    private func checkFlows(_ client: UserPoolClient, _ call: FakeCall) throws(WireError) {
        let flows = client.settings.texts("ExplicitAuthFlows")
        try check(.choice, if: flows.contains("ALLOW_USER_AUTH"), call)
        let new = flows.filter { $0.hasPrefix("ALLOW_") }
        if !new.isEmpty, new.count != flows.count {
            throw call.wrong("Both old ExplicitAuthFlows and new ExplicitAuthFlows should not be used together.")
        }
        if !new.isEmpty, client.rotationGrace != nil, new.contains("ALLOW_REFRESH_TOKEN_AUTH") {
            throw call.wrong("Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.")
        }
    }

    private func checkTokens(_ client: UserPoolClient, _ call: FakeCall) throws(WireError) {
        let refresh = client.span(of: "RefreshToken")
        guard refresh >= .seconds(3600), refresh <= .seconds(315_360_000) else {
            throw call.wrong("Invalid range for token validity: RefreshToken must be between 60 minutes and 3650 days")
        }
        for token in ["AccessToken", "IdToken"] {
            let span = client.span(of: token)
            guard span >= .seconds(300), span <= .seconds(86_400) else {
                throw call.wrong("Invalid range for token validity: \(token) must be between 5 minutes and 1 day")
            }
            if span > refresh { throw call.wrong("\(token) validity cannot be longer than that of the refresh token") }
        }
    }

    /// What concerns the pages and flows of OAuth.
    private func checkPages(_ client: UserPoolClient, _ call: FakeCall) throws(WireError) {
        let flows = client.settings.texts("AllowedOAuthFlows")
        let scopes = client.settings.texts("AllowedOAuthScopes")
        if client.has("AllowedOAuthFlowsUserPoolClient"), flows.isEmpty || scopes.isEmpty {
            throw call.error(
                "InvalidOAuthFlowException",
                "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client "
                    + "is allowed to use OAuth flows.")
        }
        if flows.contains("client_credentials") {
            if flows.count > 1 {
                throw call.error(
                    "InvalidOAuthFlowException",
                    "client_credentials flow can not be selected along with code flow or implicit flow.")
            }
            if call.operation.name == "CreateUserPoolClient", call.members["GenerateSecret"]?.bool != true {
                throw call.error(
                    "InvalidOAuthFlowException",
                    "client_credentials flow can not be selected if client does not have a client secret.")
            }
        }
        let standard = ["phone", "email", "openid", "profile", TokenIssue.ownScope]
        let own = resourceServers.values.flatMap { server -> [String] in
            let identifier = server["Identifier"]?.string ?? ""
            return (server["Scopes"]?.list ?? []).compactMap { $0.fields?["ScopeName"]?.string }
                .map { "\(identifier)/\($0)" }
        }
        if let strange = scopes.first(where: { !standard.contains($0) && !own.contains($0) }) {
            throw call.error("ScopeDoesNotExistException", "Invalid scope requested: \(strange)")
        }
        let callbacks = client.settings.texts("CallbackURLs")
        if let home = call.members.optionalText("DefaultRedirectURI"), !callbacks.contains(home) {
            throw call.wrong("DefaultRedirectURI must be in the CallbackURLs list")
        }
        let providers = ["COGNITO"] + identityProviders.keys
        if let strange = client.settings.texts("SupportedIdentityProviders").first(where: { !providers.contains($0) }) {
            throw call.wrong("The provider \(strange) does not exist for User Pool \(id).")
        }
    }
}
