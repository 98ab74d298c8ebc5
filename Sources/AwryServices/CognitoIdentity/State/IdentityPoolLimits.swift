// SPDX-License-Identifier: Apache-2.0

/// How many there may be ("Quotas in Amazon Cognito" of the Cognito Developer Guide, "Quotas on identity pools
/// resources"), beside what the model says.
enum IdentityPoolLimits {
    /// In one account and region.
    static let pools = 1000
    /// Of one identity ("MergeDeveloperIdentities" of the API Reference).
    static let loginsPerIdentity = 20
    static let userPoolClients = 50
    static let oidcProviders = 50
    static let samlProviders = 50
    static let rulesPerMapping = 25
    static let tags = 50
    /// How long tokens last, in seconds ("GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity" of the API Reference).
    static let tokenLife: Int64 = 600
    static let developerTokenLife: Int64 = 900
}
