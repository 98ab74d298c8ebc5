// SPDX-License-Identifier: Apache-2.0

/// What a document is for, which says what it must and must not hold.
public enum PolicyKind: Sendable, Hashable {
    /// Of an identity: managed, inline, a boundary, a session's.
    case identity
    /// Whom a role trusts.
    case trust
    /// Of a resource: a bucket's, a queue's, a stream's.
    case resource
    /// Of an organisation.
    case organisation
    /// Any of these: what is only to be judged by, as in a simulation.
    case any

    /// The characters that a document may have, white space not counted (IAM User Guide, "IAM and AWS STS quotas";
    /// Amazon S3 User Guide, "Bucket policies"; AWS Organizations User Guide, "Quotas").
    public enum Limit {
        /// One version of a managed policy.
        public static let managedPolicy = 6_144
        /// A user's inline policies together.
        public static let userInlinePolicies = 2_048
        /// A group's inline policies together.
        public static let groupInlinePolicies = 5_120
        /// A role's inline policies together.
        public static let roleInlinePolicies = 10_240
        /// A role's trust policy, unless the quota is raised.
        public static let trustPolicy = 2_048
        /// A session's inline policy.
        public static let sessionPolicies = 2_048
        /// In bytes, white space included.
        public static let bucketPolicy = 20_480
    }

    /// How long a document is as IAM counts it: characters but for white space.
    public static func length(of document: String) -> Int {
        document.unicodeScalars.count { !$0.properties.isWhitespace }
    }
}
