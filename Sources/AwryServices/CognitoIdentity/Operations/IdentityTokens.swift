// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIdentity {
    static var getOpenIdToken: Handler? { token }
    static var getOpenIdTokenForDeveloperIdentity: Handler? { developerToken }
    static var getCredentialsForIdentity: Handler? { credentials }

    /// The first half of the classic flow; the client asks STS for the rest.
    private static func token(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        let named = call.members.text("IdentityId")
        var pool = try state.pool(ofIdentity: named, call)
        if pool.refusesClassicFlow {
            throw call.wrong("Basic (classic) flow is not enabled, please use enhanced flow.")
        }
        let logins = call.members.fields("Logins")
        let proven = try LoginCheck(call: call, pool: pool).proven(logins)
        var id = named
        if proven.isEmpty {
            try pool.checkGuest(named, call)
        } else {
            id = try pool.resolve(proven.map(\.linked), named: named, call, &state.identifiers)
        }
        state.keep(pool)
        let text = IdentityToken(pool, id, proven).text(state.keys, lasting: IdentityPoolLimits.tokenLife, call)
        return .output(["IdentityId": .string(id), "Token": .string(text)])
    }

    private static func developerToken(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        let poolID = call.members.text("IdentityPoolId")
        var pool = try state.onPool(call) { (pool) throws(WireError) in pool }
        var logins = call.members.fields("Logins")
        guard let provider = pool.developerProvider, let user = logins[provider]?.string else {
            throw call.unknownDeveloper()
        }
        let login = LinkedLogin(provider: provider, user: user)
        logins[provider] = nil
        let proven = try LoginCheck(call: call, pool: pool).proven(logins)
        let named = call.members.optionalText("IdentityId")
        if let named {
            guard let identity = pool.living(named) else { throw call.noIdentity(named) }
            if let owner = pool.owners[login], owner != identity.id {
                throw call.error("DeveloperUserAlreadyRegisteredException")
            }
        }
        let linked = [login] + proven.map(\.linked)
        let id = try pool.resolve(linked, named: named, call, &state.identifiers)
        state.keep(pool)
        let own = ProvenLogin(login, client: poolID)
        var token = IdentityToken(pool, id, [own] + proven)
        for (name, value) in call.members.fields("PrincipalTags") { token.tags[name] = value }
        let seconds = call.members.integer("TokenDuration") ?? IdentityPoolLimits.developerTokenLife
        let text = token.text(state.keys, lasting: seconds, call)
        return .output(["IdentityId": .string(id), "Token": .string(text)])
    }

    /// The enhanced flow: the pool chooses the role and asks STS itself. It is asked before anything is kept.
    private static func credentials(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        let named = call.members.text("IdentityId")
        var pool = try state.pool(ofIdentity: named, call)
        let asked = call.members.optionalText("CustomRoleArn")
        var logins = call.members.fields("Logins")
        let check = LoginCheck(call: call, pool: pool)
        let own: JSONWebToken?
        if let text = logins[LoginCheck.ownProvider]?.string {
            own = try check.proveOwn(text, by: state.keys)
            logins[LoginCheck.ownProvider] = nil
        } else {
            own = nil
        }
        let proven = try check.proven(logins)
        let isGuest = own == nil && proven.isEmpty
        var id = named
        let role: String
        if isGuest {
            try pool.checkGuest(named, call)
            role = try SessionOfIdentity.standard("unauthenticated", asked: asked, in: pool, call)
        } else {
            let developers = own.map { pool.developerLogins(of: $0.text("sub")) } ?? []
            id = try pool.resolve(developers + proven.map(\.linked), named: named, call, &state.identifiers)
            role = try SessionOfIdentity.role(for: proven, asked: asked, in: pool, call)
        }
        var token = IdentityToken(pool, id, proven)
        if let own { token.add(own) }
        let text = token.text(state.keys, lasting: IdentityPoolLimits.tokenLife, call)
        let given = try SessionOfIdentity.credentials(of: role, text, isGuest: isGuest, in: pool, call)
        state.keep(pool)
        return .output(["IdentityId": .string(id), "Credentials": given])
    }
}

extension LoginCheck {
    /// The pool's own token, as its developer handed it to one of his users.
    fileprivate func proveOwn(_ text: String, by keys: IdentityPoolKeys) throws(WireError) -> JSONWebToken {
        let token = try read(text, from: [Self.ownProvider])
        try checkSignature(token, by: keys.published)
        guard token.audiences == [pool.id] else { throw call.unsupportedProvider() }
        return token
    }
}

extension IdentityToken {
    /// Takes over what an earlier token of the pool says.
    fileprivate mutating func add(_ own: JSONWebToken) {
        for method in own.claims["amr"]?.claimTexts ?? [] where method != "unauthenticated" {
            if methods == ["unauthenticated"] { methods = [] }
            if !methods.contains(method) { methods.append(method) }
        }
        for (name, value) in own.principalTags where tags[name] == nil { tags[name] = value.list?.first ?? value }
    }
}

extension JSONWebToken {
    /// The tags that it gives a session of STS ("Pass session tags in AWS STS" of the IAM User Guide).
    fileprivate var principalTags: Fields {
        claims["https://aws.amazon.com/tags"]?.fields?["principal_tags"]?.fields ?? [:]
    }
}

extension IdentityPool {
    /// The developer's users of an identity.
    fileprivate func developerLogins(of id: String) -> [LinkedLogin] {
        identities[id]?.logins.filter { $0.provider == developerProvider } ?? []
    }
}
