// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Cognito's user pools of one sandbox, in all its accounts and regions.
///
/// Its operations are extensions, a file for each noun, which supply the properties of `CognitoIDPOperations`.
struct CognitoIDP: FakeService, CognitoIDPOperations {
    static let name = "cognito-idp"
    static let names = [name, PoolPages.service.name]

    var identifiers: IdentifierSource
    /// By pool id, oldest first.
    var pools = KeyedList<UserPool>()
    /// Which pool a client is of, by client id.
    var poolOfClient: [String: String] = [:]
    /// Which pool a domain is of; one region's and account's domains are everybody's.
    var poolOfDomain: [String: String] = [:]

    init(identifiers: IdentifierSource) {
        self.identifiers = identifiers
    }

    mutating func advance(to now: Timestamp) {}

    mutating func takeWakes() -> [Wake] { [] }

    var contradiction: String? {
        for (client, pool) in poolOfClient where pools[pool]?.clients[client] == nil {
            return "client \(client) is not in its pool \(pool)"
        }
        for (domain, pool) in poolOfDomain where pools[pool]?.domain?.name != domain {
            return "domain \(domain) is not of its pool \(pool)"
        }
        for pool in pools.values {
            if let found = pool.contradiction { return "\(pool.id): \(found)" }
        }
        return nil
    }
}

extension CognitoIDP {
    /// Works on the pool that a call names, if it is of the call's account and region.
    mutating func onPool<Result>(
        _ call: FakeCall, _ id: String? = nil, _ work: (inout UserPool) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        let id = id ?? call.members.text("UserPoolId")
        guard let result = try pools.change(id, at: call.place, work) else { throw call.noPool(id) }
        return result
    }

    /// Works on the pool of the client that a call names: callers of a client's operations need no credentials, so no
    /// account is compared, and what is not signed says no region either.
    mutating func onClient<Result>(
        _ call: FakeCall, _ id: String? = nil,
        _ work: (inout UserPool, UserPoolClient) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        let id = id ?? call.members.text("ClientId")
        guard let poolID = poolOfClient[id], let client = pools[poolID]?.clients[id],
            call.operation.traits.isUnsigned || pools[poolID]?.place.region == call.place.region,
            let result = try pools.change(poolID, { (pool) throws(WireError) in try work(&pool, client) })
        else { throw call.noClient(id) }
        return result
    }

    /// Works on a pool's user whom an administrator's call names.
    mutating func onUser<Result>(
        _ call: FakeCall, _ work: (inout UserPool, inout PoolUser) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        try onPool(call) { (pool) throws(WireError) in
            guard let name = pool.resolve(call.members.text("Username")) else { throw call.noUser() }
            return try pool.onUser(name, call, work)
        }
    }
}

extension UserPool {
    /// Works on a user of the pool. He is put back whatever becomes of the work, since a wrong password counts: work
    /// changes nothing else before its last check.
    mutating func onUser<Result>(
        _ name: String, _ call: FakeCall, _ work: (inout UserPool, inout PoolUser) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        guard var user = users[name] else { throw call.noUser() }
        defer { if users[name] != nil { users[name] = user } }
        return try work(&self, &user)
    }
}
