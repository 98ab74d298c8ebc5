// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A person as a provider knows him: what an identity is found by.
struct LinkedLogin: Sendable, Hashable {
    /// The provider as the members `Logins` name it.
    let provider: String
    /// What the provider calls him.
    let user: String
}

/// An identity of a pool.
struct PooledIdentity: Sendable {
    let id: String
    let createdAt: Timestamp
    var modifiedAt: Timestamp
    /// In the order in which they were linked.
    var logins: [LinkedLogin] = []
    /// Whether it ever had a login: one that has lost its last does not become a guest's.
    var isAuthenticated = false
    /// The identity that it was merged into; it is disabled since.
    var successor: String?

    /// The identity of a guest.
    init(_ id: String, at now: Timestamp) {
        self.id = id
        createdAt = now
        modifiedAt = now
    }

    /// What a provider calls the identity's person, one text for each login there.
    func users(of provider: String) -> [String] { logins.filter { $0.provider == provider }.map(\.user) }

    /// As `DescribeIdentity` and `ListIdentities` show it.
    var described: Fields {
        var names: [String] = []
        for login in logins where !names.contains(login.provider) { names.append(login.provider) }
        return [
            "IdentityId": .string(id), "Logins": .list(names.map { .string($0) }),
            "CreationDate": .timestamp(createdAt), "LastModifiedDate": .timestamp(modifiedAt),
        ]
    }
}
