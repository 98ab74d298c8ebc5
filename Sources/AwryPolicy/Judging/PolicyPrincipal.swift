// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Who asks, as policies may name it.
public struct PolicyPrincipal: Sendable, Hashable {
    /// What sort of caller this is.
    public enum Kind: String, Sendable {
        /// Nobody who has shown who it is.
        case anonymous
        /// An account's root.
        case root
        case user
        /// A session of a role.
        case roleSession
        /// A session that GetFederationToken made for a user.
        case federatedUser
        /// A service of AWS's own.
        case service
        /// Somebody whom an identity provider vouches for, before there is a session.
        case federated

        var isSession: Bool { self == .roleSession || self == .federatedUser }
    }

    /// What sort of caller.
    public let kind: Kind
    /// The account, 12 digits; nil for those outside all accounts.
    public let account: String?
    /// The caller's own ARN; a session's is of STS.
    public let arn: String?
    /// The ARN of the role or the user behind a session.
    public let issuer: String?
    /// What `aws:userid` begins with, and what stands in a policy in a deleted identity's place.
    public let uniqueID: String?
    /// The service's principal (`s3.amazonaws.com`) or the provider's name or ARN.
    public let name: String?
    /// The canonical user id that S3 knows the account by.
    public let canonicalUser: String?

    /// A caller of these parts.
    public init(
        _ kind: Kind, account: String? = nil, arn: String? = nil, issuer: String? = nil, uniqueID: String? = nil,
        name: String? = nil, canonicalUser: String? = nil
    ) {
        self.kind = kind
        self.account = account
        self.arn = arn
        self.issuer = issuer
        self.uniqueID = uniqueID
        self.name = name
        self.canonicalUser = canonicalUser
    }

    /// Nobody.
    public static let anonymous = PolicyPrincipal(.anonymous)

    /// An account's root.
    public static func root(of account: String) -> PolicyPrincipal {
        PolicyPrincipal(.root, account: account, arn: "arn:aws:iam::\(account):root", uniqueID: account)
    }

    /// A user, by its ARN.
    public static func user(_ arn: String, uniqueID: String? = nil) -> PolicyPrincipal {
        PolicyPrincipal(.user, account: account(of: arn), arn: arn, uniqueID: uniqueID)
    }

    /// A role's session, by both ARNs.
    public static func session(_ arn: String, of role: String, uniqueID: String? = nil) -> PolicyPrincipal {
        PolicyPrincipal(.roleSession, account: account(of: arn), arn: arn, issuer: role, uniqueID: uniqueID)
    }

    /// A service, by its principal (`s3.amazonaws.com`).
    public static func service(_ name: String) -> PolicyPrincipal {
        PolicyPrincipal(.service, name: name)
    }

    /// Somebody for whom a provider vouches.
    public static func federated(by provider: String) -> PolicyPrincipal {
        PolicyPrincipal(.federated, name: provider)
    }

    /// What `aws:PrincipalArn` holds: the user's, the role's or the root's ARN.
    public var principalARN: String? { kind == .roleSession ? issuer : arn }

    /// Whether an account stands behind the caller.
    var isOfAccount: Bool { account != nil && kind != .service && kind != .federated && kind != .anonymous }

    /// The account in an ARN: its fifth part.
    public static func account(of arn: String) -> String? {
        ARN(arn).flatMap { $0.account.isEmpty ? nil : String($0.account) }
    }
}
