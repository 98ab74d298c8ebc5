// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What the operations of user pools refuse, in AWS's words.
extension FakeCall {
    func noPool(_ id: String) -> WireError { error("ResourceNotFoundException", "User pool \(id) does not exist.") }

    func noClient(_ id: String) -> WireError {
        error("ResourceNotFoundException", "User pool client \(id) does not exist.")
    }

    func noUser() -> WireError { error("UserNotFoundException", "User does not exist.") }

    func noGroup() -> WireError { error("ResourceNotFoundException", "Group not found.") }

    func refused(_ message: String) -> WireError { error("NotAuthorizedException", message) }

    func wrong(_ message: String) -> WireError { error("InvalidParameterException", message) }

    func missingParameter(_ name: String) -> WireError { wrong("Missing required parameter \(name)") }

    func badSession() -> WireError { refused("Invalid session for the user.") }

    func wrongCode() -> WireError {
        error("CodeMismatchException", "Invalid verification code provided, please try again.")
    }

    func staleCode() -> WireError {
        error("ExpiredCodeException", "Invalid code provided, please request a code again.")
    }

    func mustReset() -> WireError { error("PasswordResetRequiredException", "Password reset required for the user") }

    func notConfirmed() -> WireError { error("UserNotConfirmedException", "User is not confirmed.") }

    func noDeviceTracking() -> WireError {
        error("InvalidUserPoolConfigurationException", "Device tracking is not enabled.")
    }

    /// Whether the operation has this error in its model.
    func models(_ error: String) -> Bool { operation.errors.contains { service[$0].name == error } }

    func tooManyAttempts() -> WireError {
        error("LimitExceededException", "Attempt limit exceeded, please try after some time.")
    }
}
