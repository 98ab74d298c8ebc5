// SPDX-License-Identifier: Apache-2.0

/// Who calls.
public struct Principal: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable {
        /// An account's root user.
        case root
        /// A user of IAM.
        case user
        /// A session of a role.
        case assumedRole
        /// A session of `GetFederationToken`.
        case federatedUser
        /// An AWS service.
        case service
    }

    /// What it is.
    public var kind: Kind
    /// Its account, 12 digits.
    public var account: String
    /// Its ARN: `arn:aws:iam::123456789012:user/beep`,
    /// `arn:aws:sts::123456789012:assumed-role/ROLE/SESSION`.
    public var arn: String
    /// Its unique id as `GetCallerIdentity` and `aws:userid` give it: `AIDA…`, `AROA…:SESSION`,
    /// an account's number.
    public var userID: String
    /// The user's name; nil for any other kind.
    public var userName: String?
    /// The session's name; nil where there is no session of a role or of a federated user.
    public var sessionName: String?
    /// The key that signed; nil where none did.
    public var accessKeyID: String?

    /// A principal of these parts.
    public init(
        kind: Kind, account: String, arn: String, userID: String, userName: String? = nil, sessionName: String? = nil,
        accessKeyID: String? = nil
    ) {
        self.kind = kind
        self.account = account
        self.arn = arn
        self.userID = userID
        self.userName = userName
        self.sessionName = sessionName
        self.accessKeyID = accessKeyID
    }

    /// The root user of an account.
    public static func root(of account: String, accessKeyID: String? = nil) -> Principal {
        Principal(
            kind: .root, account: account, arn: "arn:aws:iam::\(account):root", userID: account,
            accessKeyID: accessKeyID)
    }
}
