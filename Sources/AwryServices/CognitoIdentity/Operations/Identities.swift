// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension CognitoIdentity {
    static var getId: Handler? { find }
    static var unlinkIdentity: Handler? { unlink }
    static var deleteIdentities: Handler? { remove }
    static var describeIdentity: Handler? {
        { (state, call) throws(WireError) in
            let id = call.members.text("IdentityId")
            let pool = try state.pool(ofIdentity: id, call)
            guard pool.place == call.place, let identity = pool.identities[id] else { throw call.noIdentity(id) }
            return .output(identity.described)
        }
    }
    static var listIdentities: Handler? {
        { (state, call) throws(WireError) in
            try state.onPool(call) { (pool) throws(WireError) in
                let hides = call.members["HideDisabled"]?.bool ?? false
                let shown = pool.identities.values.filter { !hides || $0.successor == nil }
                let page = try PoolPage(shown, by: \.id, call, limit: "MaxResults", token: "NextToken")
                let output: Fields = [
                    "IdentityPoolId": .string(pool.id),
                    "Identities": .list(page.elements.map { .structure($0.described) }),
                ]
                return .output(page.output(output, token: "NextToken"))
            }
        }
    }

    /// An unsigned call says neither whose the pool is nor where: its id says both.
    private static func find(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        let poolID = call.members.text("IdentityPoolId")
        guard var pool = state.pools[poolID],
            call.members.optionalText("AccountId") ?? pool.place.account == pool.place.account
        else { throw call.noIdentityPool(poolID) }
        let logins = call.members.fields("Logins")
        let id: String
        if logins.isEmpty {
            guard pool.allowsGuests else { throw call.noGuests() }
            id = pool.makeIdentity(call, &state.identifiers)
        } else {
            let proven = try LoginCheck(call: call, pool: pool).proven(logins)
            id = try pool.resolve(proven.map(\.linked), call, &state.identifiers)
        }
        state.keep(pool)
        return .output(["IdentityId": .string(id)])
    }

    private static func unlink(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        let id = call.members.text("IdentityId")
        var pool = try state.pool(ofIdentity: id, call)
        let proven = try LoginCheck(call: call, pool: pool).proven(call.members.fields("Logins")).map(\.linked)
        let identity = pool.living(id)
        guard let identity, proven.contains(where: { identity.logins.contains($0) }) else {
            throw call.strangeLogins()
        }
        guard !proven.contains(where: { pool.owners[$0] != nil && pool.owners[$0] != identity.id }) else {
            throw call.linkedElsewhere()
        }
        let removed = call.members.texts("LoginsToRemove")
        for provider in removed where identity.users(of: provider).isEmpty {
            throw call.error("ResourceNotFoundException", "Login '\(provider)' not found.")
        }
        pool.unlink(identity.logins.filter { removed.contains($0.provider) }, from: identity.id, call)
        state.keep(pool)
        return .output([:])
    }

    /// What is not the caller's to delete is told, the rest is deleted.
    private static func remove(_ state: inout CognitoIdentity, _ call: FakeCall) throws(WireError) -> Outcome {
        var left: [Value] = []
        for id in call.members.texts("IdentityIdsToDelete") {
            guard let pool = state.poolOfIdentity[id], state.pools[pool]?.place == call.place else {
                left.append(["IdentityId": .string(id), "ErrorCode": "AccessDenied"])
                continue
            }
            let gone = state.pools.change(pool) { $0.remove(id) } ?? []
            for id in gone { state.poolOfIdentity[id] = nil }
        }
        return .output(["UnprocessedIdentityIds": .list(left)])
    }
}
