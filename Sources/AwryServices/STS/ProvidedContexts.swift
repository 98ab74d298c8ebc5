// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// The contexts that `AssumeRole` puts into a session: who of an identity provider's people it acts for ("AssumeRole"
/// of the STS API Reference, "Trusted identity propagation" of the IAM Identity Center User Guide).
struct ProvidedContexts: Sendable {
    /// What lets a caller, and a role's trust policy, put them in.
    static let action = "sts:SetContext"

    /// The providers' ARNs, each once, in order: `sts:RequestContextProviders`.
    private(set) var providers: [String] = []

    var isEmpty: Bool { providers.isEmpty }

    /// Those of a call. What is no token is somebody's own affair; a token must not have ended by the sandbox's clock.
    init(_ call: FakeCall) throws(WireError) {
        for context in call.members.structures("ProvidedContexts") {
            let provider = context.text("ProviderArn")
            guard provider.hasPrefix("arn:aws:iam::aws:contextProvider/") else {
                throw call.error("ValidationError", "\(provider) is not a valid context provider ARN.")
            }
            let end = JSONWebToken(context.text("ContextAssertion"))?.claims["exp"]?.integer
            if let end, call.now.seconds >= end {
                throw call.error("ExpiredTokenException", "The provided context assertion is expired.")
            }
            if !providers.contains(provider) { providers.append(provider) }
        }
    }
}
