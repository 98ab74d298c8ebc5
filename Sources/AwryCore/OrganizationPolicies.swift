// SPDX-License-Identifier: Apache-2.0

/// What an organisation lets its accounts do at most: policies that no service of Awry's sets, so a scenario does.
public struct OrganizationPolicies: Sendable, Equatable {
    /// Its id, `o-` and 10 to 32 letters and digits: `aws:PrincipalOrgID`; nil where conditions find none.
    public var id: String?
    /// Its members; empty where every account is one.
    public var accounts: [String] = []
    /// The account whose callers and resources these policies do not touch; nil where every account is a member.
    public var managementAccount: String?
    /// Service control policies, as JSON: those of each level from the organisation's root to the account. Of each
    /// level one must allow.
    public var serviceControl: [[String]] = []
    /// Resource control policies, as JSON. AWS lets them only deny, beside one that allows everything.
    public var resourceControl: [String] = []

    /// An organisation that restricts nothing.
    public init() {}

    /// What AWS attaches to each level, until somebody detaches it (`FullAWSAccess`, `RCPFullAWSAccess`).
    public static let fullAccess =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
}
