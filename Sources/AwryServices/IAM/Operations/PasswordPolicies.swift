// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var updateAccountPasswordPolicy: Handler? {
        on { (account, call) throws(WireError) in
            let input = call.members
            func flag(_ name: String) -> Bool { input[name]?.bool ?? false }
            // What is not sent goes back to its default.
            account.passwordPolicy = IAMPasswordPolicy(
                minimumLength: input.integer("MinimumPasswordLength") ?? 6, needsSymbols: flag("RequireSymbols"),
                needsNumbers: flag("RequireNumbers"), needsUppercase: flag("RequireUppercaseCharacters"),
                needsLowercase: flag("RequireLowercaseCharacters"), letsUsersChange: flag("AllowUsersToChangePassword"),
                longestAge: input.integer("MaxPasswordAge"), reusePrevention: input.integer("PasswordReusePrevention"),
                hardExpiry: input["HardExpiry"]?.bool)
            return [:]
        }
    }
    static var getAccountPasswordPolicy: Handler? {
        on { (account, call) throws(WireError) in
            let policy = try account.ownPasswordPolicy(call)
            var fields: Fields = [
                "MinimumPasswordLength": .integer(policy.minimumLength), "RequireSymbols": .bool(policy.needsSymbols),
                "RequireNumbers": .bool(policy.needsNumbers),
                "RequireUppercaseCharacters": .bool(policy.needsUppercase),
                "RequireLowercaseCharacters": .bool(policy.needsLowercase),
                "AllowUsersToChangePassword": .bool(policy.letsUsersChange),
                "ExpirePasswords": .bool(policy.longestAge != nil),
            ]
            if let days = policy.longestAge { fields["MaxPasswordAge"] = .integer(days) }
            if let count = policy.reusePrevention { fields["PasswordReusePrevention"] = .integer(count) }
            if let hard = policy.hardExpiry { fields["HardExpiry"] = .bool(hard) }
            return ["PasswordPolicy": .structure(fields)]
        }
    }
    static var deleteAccountPasswordPolicy: Handler? {
        on { (account, call) throws(WireError) in
            _ = try account.ownPasswordPolicy(call)
            account.passwordPolicy = nil
            return [:]
        }
    }
}

extension IAMAccount {
    fileprivate func ownPasswordPolicy(_ call: FakeCall) throws(WireError) -> IAMPasswordPolicy {
        guard let passwordPolicy else {
            throw call.error("NoSuchEntity", "The Password Policy with domain name \(id) cannot be found.")
        }
        return passwordPolicy
    }
}
