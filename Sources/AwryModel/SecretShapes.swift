// SPDX-License-Identifier: Apache-2.0

/// Shapes whose values are secrets though AWS's models do not mark them `sensitive`: codes and one-time passwords that
/// prove a person, session tokens, and structures that hold a client's secret or a password's verifier.
enum SecretShapes {
    /// By service; the shapes' names.
    static let names: [String: Set<String>] = [
        "cognito-identity": ["SessionTokenString"],
        "cognito-idp": ["ConfirmationCodeType", "DeviceSecretVerifierConfigType", "ProviderDetailsType"],
        "iam": ["authenticationCodeType"],
        "sts": ["contextAssertionType", "tokenCodeType", "tokenType"],
    ]
}
