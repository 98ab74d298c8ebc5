// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createAccountAlias: Handler? {
        { (state, call) throws(WireError) in
            let alias = call.members.text("AccountAlias")
            // Aliases are one name space for all accounts.
            if let owner = state.accounts.values.first(where: { $0.alias == alias }), owner.id != call.place.account {
                throw call.error("EntityAlreadyExists", "The account alias \(alias) already exists.")
            }
            state[call.place.account].alias = alias
            return .output([:])
        }
    }
    static var listAccountAliases: Handler? {
        on { (account, call) throws(WireError) in
            let aliases = account.alias.map { [(name: $0, value: Value.string($0))] } ?? []
            return try call.page(aliases, as: "AccountAliases")
        }
    }
    static var deleteAccountAlias: Handler? {
        on { (account, call) throws(WireError) in
            let alias = call.members.text("AccountAlias")
            guard account.alias == alias else {
                throw call.error("NoSuchEntity", "The account alias \(alias) cannot be found.")
            }
            account.alias = nil
            return [:]
        }
    }
}
