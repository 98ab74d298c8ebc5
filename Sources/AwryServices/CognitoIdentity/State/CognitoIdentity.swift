// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Cognito's identity pools of one sandbox, in all its accounts and regions.
///
/// Its operations are extensions, a file for each noun, which supply the properties of `CognitoIdentityOperations`.
struct CognitoIdentity: FakeService, CognitoIdentityOperations {
    static let name = "cognito-identity"
    static let names = [name, IdentityPoolPages.service.name]

    var identifiers: IdentifierSource
    /// By pool id, oldest first.
    var pools = KeyedList<IdentityPool>()
    /// Which pool an identity is of, by the identity's id.
    var poolOfIdentity: [String: String] = [:]
    /// Signs the tokens of all pools, as one issuer speaks for all of AWS's.
    let keys: IdentityPoolKeys

    init(identifiers: IdentifierSource) {
        var keys = identifiers.part("keys")
        self.identifiers = identifiers
        self.keys = IdentityPoolKeys(seed: keys.bits())
    }

    mutating func advance(to now: Timestamp) {}

    mutating func takeWakes() -> [Wake] { [] }

    var contradiction: String? {
        for (identity, pool) in poolOfIdentity where pools[pool]?.identities[identity] == nil {
            return "identity \(identity) is not in its pool \(pool)"
        }
        for pool in pools.values {
            if let found = pool.contradiction { return "\(pool.id): \(found)" }
            for id in pool.identities.keys where poolOfIdentity[id] != pool.id {
                return "identity \(id) does not know its pool \(pool.id)"
            }
        }
        return nil
    }
}

extension CognitoIdentity {
    /// Works on the pool that a signed call names, if it is of the call's account and region.
    mutating func onPool<Result>(
        _ call: FakeCall, _ id: String? = nil, _ work: (inout IdentityPool) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        let id = id ?? call.members.text("IdentityPoolId")
        guard let result = try pools.change(id, at: call.place, work) else { throw call.noIdentityPool(id) }
        return result
    }

    /// The pool that a tag's call names by its ARN.
    func tagged(_ call: FakeCall) throws(WireError) -> IdentityPool {
        let arn = call.members.text("ResourceArn")
        guard let id = IdentityPool.id(inARN: arn) else { throw call.wrong("Invalid ARN: \(arn)") }
        guard let pool = pools[id], pool.place == call.place, pool.arn == arn else { throw call.noIdentityPool(id) }
        return pool
    }

    /// The pool of an identity that an unsigned call names: whoever has an identity's id need not say whose it is, nor
    /// where.
    func pool(ofIdentity id: String, _ call: FakeCall) throws(WireError) -> IdentityPool {
        guard let pool = poolOfIdentity[id].flatMap({ pools[$0] }) else { throw call.noIdentity(id) }
        return pool
    }

    /// Keeps a pool that an operation has worked on, with what identities it has made.
    mutating func keep(_ pool: IdentityPool) {
        pools[pool.id] = pool
        for id in pool.made { poolOfIdentity[id] = pool.id }
        pools.change(pool.id) { $0.made = [] }
    }
}
