// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Whom a token speaks for.
struct Bearer {
    let pool: String
    /// The user's key in the pool.
    let user: String
    let client: String
    let token: JSONWebToken
    /// The `origin_jti` of the sign-in.
    let origin: String
}

extension CognitoIDP {
    /// Whom an access token speaks for, or AWS's refusal: an operation of a user's own needs no other credentials.
    func bearer(_ call: FakeCall, _ text: String? = nil) throws(WireError) -> Bearer {
        guard let token = JSONWebToken(text ?? call.members.text("AccessToken")) else {
            throw call.refused("Invalid Access Token")
        }
        let poolID = token.text("iss").split(separator: "/").last.map(String.init) ?? ""
        guard token.text("token_use") == "access" else { throw call.refused("Invalid Access Token") }
        guard let pool = pools[poolID] else {
            // A token of a pool that is gone still says which one it was.
            throw poolID.hasPrefix("\(call.place.region)_") ? call.noPool(poolID) : call.refused("Invalid Access Token")
        }
        guard pool.keys.hasSigned(token) else { throw call.refused("Invalid Access Token") }
        if let end = token.moment("exp"), end <= call.now { throw call.refused("Access Token has expired") }
        let key = pool.fold(token.text("username"))
        guard let user = pool.users[key] else { throw call.noUser() }
        guard user.isEnabled else { throw call.refused("User is disabled.") }
        let origin = token.text("origin_jti")
        guard origin.isEmpty || user.signIns[origin] != nil else {
            throw call.refused("Access Token has been revoked")
        }
        guard pool.clients[token.text("client_id")] != nil else { throw call.noClient(token.text("client_id")) }
        return Bearer(pool: poolID, user: key, client: token.text("client_id"), token: token, origin: origin)
    }

    /// Works on the user whose access token a call carries; the sign-in's scope must allow him his own account.
    mutating func onBearer<Result>(
        _ call: FakeCall, _ work: (inout UserPool, inout PoolUser, Bearer) throws(WireError) -> Result
    ) throws(WireError) -> Result {
        let bearer = try bearer(call)
        guard bearer.token.text("scope").split(separator: " ").contains(Substring(TokenIssue.ownScope)) else {
            throw call.refused("Access Token does not have required scopes")
        }
        let result = try pools.change(bearer.pool) { (pool) throws(WireError) in
            try pool.onUser(bearer.user, call) { (pool, user) throws(WireError) in
                try user.mustNotReset(call)
                return try work(&pool, &user, bearer)
            }
        }
        guard let result else { throw call.noPool(bearer.pool) }
        return result
    }
}
