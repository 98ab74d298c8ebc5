// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What AWS says of a pool beside what it was told.
enum PoolDefaults {
    /// As `DescribeUserPool` shows a pool.
    static func described(_ pool: UserPool) -> Value {
        var fields: Fields = [
            "Id": .string(pool.id), "Name": pool.settings["PoolName"] ?? "",
            "Policies": policies(pool), "DeletionProtection": pool.settings["DeletionProtection"] ?? "INACTIVE",
            "LambdaConfig": pool.settings["LambdaConfig"] ?? [:], "LastModifiedDate": .timestamp(pool.modifiedAt),
            "CreationDate": .timestamp(pool.createdAt), "SchemaAttributes": .list(pool.schema.map(\.described)),
        ]
        for (name, value) in pool.settings where !["PoolName", "Policies", "LambdaConfig"].contains(name) {
            fields[name] = value
        }
        fields.setDefault(
            "VerificationMessageTemplate", ["DefaultEmailOption": "CONFIRM_WITH_CODE"])
        fields.setDefault(
            "UserAttributeUpdateSettings", ["AttributesRequireVerificationBeforeUpdate": []])
        fields["MfaConfiguration"] = .string(pool.mfa)
        fields["EstimatedNumberOfUsers"] = .integer(Int64(pool.users.count))
        fields.setDefault("EmailConfiguration", ["EmailSendingAccount": "COGNITO_DEFAULT"])
        if let domain = pool.domain {
            fields[domain.certificate == nil ? "Domain" : "CustomDomain"] = .string(domain.name)
        }
        fields["UserPoolTags"] = .structure(pool.tags)
        fields.setDefault(
            "AdminCreateUserConfig", ["AllowAdminCreateUserOnly": false, "UnusedAccountValidityDays": 7])
        fields["Arn"] = .string(pool.arn)
        fields.setDefault(
            "AccountRecoverySetting",
            [
                "RecoveryMechanisms": [
                    ["Priority": 1, "Name": "verified_email"], ["Priority": 2, "Name": "verified_phone_number"],
                ]
            ])
        fields.setDefault("UserPoolTier", "ESSENTIALS")
        return .structure(fields)
    }

    private static func policies(_ pool: UserPool) -> Value {
        let signIn = pool.settings["Policies"]?.fields?["SignInPolicy"] ?? ["AllowedFirstAuthFactors": ["PASSWORD"]]
        return ["PasswordPolicy": pool.passwordPolicy.described, "SignInPolicy": signIn]
    }

    /// Refuses settings that do not go together.
    static func check(_ call: FakeCall, mfa: String, _ settings: Fields) throws(WireError) {
        try PoolTier(settings).check(PoolTier.features(of: settings), call)
        try UserPool.check(tags: call.members.fields("UserPoolTags"), call)
        let policy = settings["Policies"]?.fields?["PasswordPolicy"]?.fields
        if let length = policy?["MinimumLength"]?.integer, !(6...99).contains(length) {
            throw call.wrong("Password minimum length must be between 6 and 99.")
        }
        if mfa == "ON", settings["SmsConfiguration"] == nil, call.operation.name == "CreateUserPool" {
            throw call.wrong(
                "SMS configuration and Auto verification for phone_number are required when MFA is required/optional")
        }
        let pending = settings["UserAttributeUpdateSettings"]?.fields?["AttributesRequireVerificationBeforeUpdate"]
        let verified = settings["AutoVerifiedAttributes"]?.list ?? []
        if let missing = pending?.list?.first(where: { !verified.contains($0) })?.string {
            throw call.wrong(
                "Please use \(missing) in AutoVerifiedAttributes to require verification before the attribute's update."
            )
        }
    }
}
