// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What the operations of identity pools refuse, in AWS's words.
extension FakeCall {
    func noIdentityPool(_ id: String) -> WireError {
        error("ResourceNotFoundException", "IdentityPool '\(id)' not found.")
    }

    func noIdentity(_ id: String) -> WireError { error("ResourceNotFoundException", "Identity '\(id)' not found.") }

    func forbiddenIdentity(_ id: String) -> WireError { refused("Access to Identity '\(id)' is forbidden.") }

    func forbiddenRole(_ arn: String) -> WireError { refused("Access to Role '\(arn)' is forbidden.") }

    func noGuests() -> WireError { refused("Unauthenticated access is not supported for this identity pool.") }

    func unsupportedProvider() -> WireError {
        refused("Token is not from a supported provider of this identity pool.")
    }

    func strangeLogins() -> WireError {
        refused(
            "Logins don't match. Please include at least one valid login for this identity or identity pool.")
    }

    func badLogin(_ reason: String) -> WireError { refused("Invalid login token. \(reason)") }

    func unknownDeveloper() -> WireError {
        wrong("This identity pool does not support the specified developer provider")
    }

    func linkedElsewhere() -> WireError {
        error("ResourceConflictException", "The login is already linked to another account.")
    }

    func badRoles() -> WireError {
        error(
            "InvalidIdentityPoolConfigurationException",
            "Invalid identity pool configuration. Check assigned IAM roles for this pool.")
    }

    /// More logins than an identity may have; an operation that has no error for limits calls it a conflict.
    func tooManyLogins() -> WireError {
        error(
            hasError("LimitExceededException") ? "LimitExceededException" : "ResourceConflictException",
            "Exceeded the limit of \(IdentityPoolLimits.loginsPerIdentity) logins of an identity.")
    }

    /// Whether the operation models an error.
    func hasError(_ name: String) -> Bool { operation.errors.contains { service[$0].name == name } }
}
