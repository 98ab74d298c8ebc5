// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An access key that a sandbox gave out, a user's own or a session's, and what a signature by it is judged by.
public struct IssuedKey: Sendable, Hashable {
    /// `AKIA…`, or `ASIA…` where it belongs to a session.
    public var accessKeyID: String
    /// What signs.
    public var secret: String
    /// What must come beside it; nil for a key that lasts.
    public var sessionToken: String?
    /// When it ends, by the sandbox's clock; nil for a key that lasts.
    public var expires: Timestamp?
    /// False while it is set inactive.
    public var isActive: Bool
    /// From when on AWS's services know it, where the scenario delays changes; by the sandbox's clock.
    public var takesEffect: Timestamp
    /// Whether IAM takes it: not where it is a session's that STS gave to a user without a one-time password, or to a
    /// federated user ("GetSessionToken" and "GetFederationToken" of the STS API Reference).
    public var isForIAM = true
    /// Whose it is.
    public var principal: Principal
}
